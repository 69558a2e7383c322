import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';
import { killTask } from '#operations/task/kill.ts';
import { launchTask } from '#operations/task/launch.ts';
import { moveSession } from '../../support/builders.ts';
import { granted, refused, type Workshop, workshop } from '../../support/workshop.ts';

/** A process id that no process has. */
const DEAD = 424_242;

async function launch(shop: Workshop, id: number) {
  return granted(await launchTask.run(shop.app, { task: [id] }));
}

describe('a launch', () => {
  test('makes worktree, branch and pane, and the task works', async () => {
    const shop = workshop();
    const task = shop.addTask({ title: 'Fix the login!' });
    const [launched] = await launch(shop, task.id);
    const session = shop.app.store.sessions.openOf(task.id);
    expect(launched?.task.status).toBe('working');
    expect(session?.state).toBe('open');
    expect(session?.branch).toMatch(/^task\/fix-the-login-[0-9a-f]{8}$/);
    expect(session?.baseCommit).toBe(shop.repo.git('rev-parse', 'main'));
    expect(readFileSync(join(session?.worktree ?? '', 'README.md'), 'utf8')).not.toBe('');
    expect(shop.tmux.started[0]).toMatchObject({ name: session?.id, cwd: session?.worktree });
    expect(shop.repo.in(session?.worktree ?? '')('status', '--porcelain')).toBe('');
  });

  test('of a draft submits it first', async () => {
    const shop = workshop();
    const task = shop.addTask({ status: 'draft' });
    await launch(shop, task.id);
    expect(shop.task(task.id).status).toBe('working');
  });

  test('of what already works says so and starts nothing', async () => {
    const shop = workshop();
    const task = shop.addTask();
    await launch(shop, task.id);
    const [again] = await launch(shop, task.id);
    expect(again?.says).toBe(`#${task.id} already works.`);
    expect(shop.tmux.started).toHaveLength(1);
  });

  test('twice at once starts one session', async () => {
    const shop = workshop();
    const task = shop.addTask();
    const [one, two] = await Promise.all([
      launchTask.run(shop.app, { task: [task.id] }),
      launchTask.run(shop.app, { task: [task.id] }),
    ]);
    expect([granted(one)[0]?.says, granted(two)[0]?.says]).toContain(`#${task.id} already works.`);
    expect(shop.tmux.started).toHaveLength(1);
    expect(shop.app.store.sessions.open()).toHaveLength(1);
  });

  test('is refused while a dependency is open, and named', async () => {
    const shop = workshop();
    const first = shop.addTask();
    const second = shop.addTask();
    const event = { kind: 'task.edit', source: 'person', at: '' } as const;
    shop.app.store.write(() => shop.app.store.tasks.setAfter(second.id, [first.id], event));
    const no = refused(await launchTask.run(shop.app, { task: [second.id] }));
    expect(no.reason).toBe(`Task #${second.id} waits for #${first.id}.`);
    expect(shop.task(second.id).status).toBe('pending');
  });

  test('whose base does not exist leaves nothing behind and the task held', async () => {
    const shop = workshop();
    const task = shop.addTask({ base: 'nowhere' });
    const no = refused(await launchTask.run(shop.app, { task: [task.id] }));
    expect(no.reason).toContain('nowhere');
    expect(shop.task(task.id)).toMatchObject({ status: 'pending', held: 'launch failed' });
    expect(shop.app.store.sessions.open()).toEqual([]);
    expect(shop.repo.git('branch', '--list', 'task/*')).toBe('');
  });

  test('whose pane cannot be started takes worktree and branch back', async () => {
    const shop = workshop();
    const task = shop.addTask();
    shop.tmux.broken = refuse('tmux is not there.');
    refused(await launchTask.run(shop.app, { task: [task.id] }));
    expect(shop.task(task.id).status).toBe('pending');
    expect(shop.repo.git('branch', '--list', 'task/*')).toBe('');
    expect(shop.repo.git('worktree', 'list').split('\n')).toHaveLength(1);
    shop.tmux.broken = null;
    await launch(shop, task.id);
    expect(shop.task(task.id)).toMatchObject({ status: 'working', held: null });
  });
});

describe('whose a branch is that a person named', () => {
  const branch = 'topic';
  const kill = async ({ app }: Workshop, id: number) =>
    granted(await killTask.run(app, { task: id }));

  test('one that only the remote had before the task is theirs', async () => {
    const shop = workshop();
    shop.repo.pushElsewhere(branch, { 'theirs.txt': 'theirs' }, 'main');
    const { id } = shop.addTask({ branch });
    for (const time of ['first', 'again']) {
      await launch(shop, id);
      expect(shop.app.store.sessions.openOf(id)?.ownBranch, time).toBe(false);
      await kill(shop, id);
    }
  });

  test('one that claustre made and pushed stays its own in the next session', async () => {
    const shop = workshop();
    const { id } = shop.addTask({ branch });
    await launch(shop, id);
    const session = shop.app.store.sessions.openOf(id);
    expect(session?.ownBranch).toBe(true);
    shop.repo.in(session?.worktree ?? '')('push', '--quiet', 'origin', branch);
    await kill(shop, id);
    expect(shop.repo.git('branch', '--list', branch)).toBe('');
    await launch(shop, id);
    expect(shop.app.store.sessions.openOf(id)?.ownBranch).toBe(true);
  });
});

describe('a launch of what was interrupted', () => {
  test('resumes the same conversation in the same worktree', async () => {
    const shop = workshop();
    const task = shop.addTask();
    await launch(shop, task.id);
    const before = shop.app.store.sessions.openOf(task.id);
    shop.app.store.write(() =>
      shop.app.store.sessions.update(
        before?.id ?? '',
        { promptedAt: 1, alarm: '120 minutes of work without a commit' },
        null,
      ),
    );
    shop.tmux.kill(before?.id ?? '');
    const [again] = await launch(shop, task.id);
    const after = shop.app.store.sessions.openOf(task.id);
    expect(again?.says).toContain('Resumed');
    expect(again?.task.status).toBe('working');
    expect(after?.claudeSessionId).toBe(before?.claudeSessionId);
    expect(after?.worktree).toBe(before?.worktree);
    expect(after?.activity.name).toBe('starting');
    expect(after?.alarm).toBeNull();
  });

  test.each([
    ['in_review', ['deliver']],
    ['conflict', ['deliver', 'conflict']],
    ['ci_failed', ['deliver', 'ci_fail']],
    ['error', ['give_up']],
  ] as const)(
    'and one that is %s is resumed too, and stays that until a prompt',
    async (status, events) => {
      const shop = workshop();
      const task = shop.addTask();
      await launch(shop, task.id);
      const { id = '' } = shop.app.store.sessions.openOf(task.id) ?? {};
      const context = { at: shop.app.clock.iso(), source: 'claustre' } as const;
      shop.app.store.write(() => {
        shop.app.store.sessions.update(id, { promptedAt: 1 }, null);
        for (const event of events) applyTaskEvent(shop.app.store, task.id, event, context);
      });
      shop.tmux.kill(id);
      const [again] = await launch(shop, task.id);
      expect(again?.says).toContain('Resumed');
      expect(again?.task.status).toBe(status);
      expect(shop.app.store.sessions.openOf(task.id)?.id).toBe(id);
    },
  );

  test('starts anew, under a new conversation id, when Claude never took its first prompt', async () => {
    const shop = workshop();
    const task = shop.addTask();
    await launch(shop, task.id);
    const before = shop.app.store.sessions.openOf(task.id);
    shop.tmux.kill(before?.id ?? '');
    await launch(shop, task.id);
    expect(shop.app.store.sessions.openOf(task.id)?.claudeSessionId).not.toBe(
      before?.claudeSessionId,
    );
  });

  test('that a crash cut off in the middle begins again', async () => {
    const shop = workshop();
    const task = shop.addTask();
    await launch(shop, task.id);
    const session = shop.app.store.sessions.openOf(task.id);
    moveSession(shop.app.store, session?.id ?? '', { state: 'opening', pane: null, movedBy: DEAD });
    shop.tmux.panes = shop.tmux.panes.filter((pane) => pane.session !== session?.id);
    shop.app.clock.advance(60_000);
    await launch(shop, task.id);
    const after = shop.app.store.sessions.openOf(task.id);
    expect(shop.task(task.id).status).toBe('working');
    expect(after?.state).toBe('open');
    expect(existsSync(after?.worktree ?? '')).toBe(true);
  });

  test('that a crash cut off has an attempt of its own once it was found to be lost', async () => {
    const shop = workshop();
    const { store } = shop.app;
    const task = shop.addTask();
    await launch(shop, task.id);
    const session = store.sessions.openOf(task.id);
    moveSession(store, session?.id ?? '', { state: 'opening', pane: null, movedBy: DEAD });
    shop.tmux.panes = [];
    store.write(() => store.attempts.end(session?.id ?? '', shop.app.clock.iso(), 'lost'));
    shop.app.clock.advance(60_000);
    await launch(shop, task.id);
    expect(store.attempts.ofTask(task.id).map(({ outcome }) => outcome)).toEqual(['lost', null]);
  });

  test('whose worktree is gone is refused with what to do', async () => {
    const shop = workshop();
    const task = shop.addTask();
    await launch(shop, task.id);
    const session = shop.app.store.sessions.openOf(task.id);
    shop.tmux.kill(session?.id ?? '');
    rmSync(session?.worktree ?? '', { recursive: true });
    const no = refused(await launchTask.run(shop.app, { task: [task.id] }));
    expect(no.reason).toContain('worktree');
  });
});

test('two that resume one session start one Claude', async () => {
  const shop = workshop();
  const task = shop.addTask();
  await launch(shop, task.id);
  const session = shop.app.store.sessions.openOf(task.id);
  shop.tmux.kill(session?.id ?? '');
  await Promise.all([
    launchTask.run(shop.app, { task: [task.id] }),
    launchTask.run(shop.app, { task: [task.id] }),
  ]);
  expect(shop.tmux.started).toHaveLength(2);
  expect(shop.app.store.sessions.openOf(task.id)?.state).toBe('open');
});

test('a resume that is refused leaves session and task as they were', async () => {
  const shop = workshop();
  const task = shop.addTask();
  await launch(shop, task.id);
  shop.tmux.kill(shop.app.store.sessions.openOf(task.id)?.id ?? '');
  const { claude } = shop.app;
  shop.app.claude = { ...claude, prepare: async () => refuse('No claude.') };
  refused(await launchTask.run(shop.app, { task: [task.id] }));
  expect(shop.task(task.id).status).toBe('interrupted');
  expect(shop.app.store.sessions.openOf(task.id)?.state).toBe('open');
  shop.app.claude = claude;
  await launch(shop, task.id);
  expect(shop.task(task.id).status).toBe('working');
});
