import { describe, expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { rebaseSession } from '#operations/session/rebase.ts';
import { finishTask } from '#operations/task/done.ts';
import { killTask } from '#operations/task/kill.ts';
import { removeTask } from '#operations/task/remove.ts';
import { whyTask } from '#operations/task/why.ts';
import { type InStack, stackShop } from '../../support/stack-shop.ts';
import { granted, refused } from '../../support/workshop.ts';

const rebase = (world: ReturnType<typeof stackShop>, task: number, onto?: string) =>
  rebaseSession.run(world.app, { task, onto });

/** GitHub has closed it, and a reading has seen that. */
function closedBy({ app, github }: ReturnType<typeof stackShop>, child: InStack): void {
  const { number, id } = child.pullRequest;
  Object.assign(github.get(number) ?? {}, { state: 'closed' });
  const event = { kind: 'pull_request.closed', source: 'supervisor' as const, at: app.clock.iso() };
  app.store.write(() =>
    app.store.pullRequests.update(
      id,
      { state: 'closed' },
      { ...event, taskId: child.id, data: { number } },
    ),
  );
}

describe('a child', () => {
  test('begins on the branch of its parent and measures its work against that', async () => {
    const world = stackShop();
    const parent = await world.add('parent');
    const child = await world.add('child', parent.id);
    expect(child.session).toMatchObject({
      base: parent.session.branch,
      stackedOn: parent.id,
      baseCommit: parent.pullRequest.headCommit,
    });
    expect(world.files(child.id, `${child.session.baseCommit}`)).toEqual(['child.txt']);
    const prompt = world.shop.tmux.started.length;
    expect(prompt).toBe(2);
  });

  test('begins where its parent was merged, when that was first', async () => {
    const world = stackShop();
    const parent = await world.add('parent');
    world.squash(parent.id);
    const child = await world.add('child', parent.id);
    expect(child.session).toMatchObject({ base: 'main', stackedOn: null });
  });

  test('goes on where its parent was merged by a squash, and loses nothing', async () => {
    const world = stackShop();
    const parent = await world.add('parent');
    const child = await world.add('child', parent.id);
    const landed = world.squash(parent.id);
    const moved = granted(await rebase(world, child.id));
    expect(moved).toMatchObject({ moved: true, base: 'main', baseCommit: landed, stackedOn: null });
    expect(world.changes).toEqual([`retarget to main PR_${child.pullRequest.number}`]);
    expect(world.session(child.id)).toMatchObject({
      base: 'main',
      baseCommit: landed,
      stackedOn: null,
    });
    expect(world.files(child.id, landed)).toEqual(['child.txt']);
    expect(world.remote(child.session.branch)).toBe(moved.head);
    expect(granted(await rebase(world, child.id))).toMatchObject({ moved: false });
    expect(world.changes).toHaveLength(1);
  });

  test('follows new commits of its parent', async () => {
    const world = stackShop();
    const parent = await world.add('parent');
    const child = await world.add('child', parent.id);
    const newer = world.push(parent.id, 'parent.txt', 'three\n');
    expect(granted(await whyTask.run(world.app, { task: child.id })).why).toContain(
      `on #${parent.id}, which has newer commits`,
    );
    const moved = granted(await rebase(world, child.id));
    expect(moved).toMatchObject({ moved: true, baseCommit: newer, stackedOn: parent.id });
    expect(world.files(child.id, newer)).toEqual(['child.txt']);
    expect(world.changes).toEqual([]);
  });

  test('of a child goes down one step with each merge', async () => {
    const world = stackShop();
    const one = await world.add('one');
    const two = await world.add('two', one.id);
    const three = await world.add('three', two.id);
    const first = world.squash(one.id);
    const second = granted(await rebase(world, two.id));
    world.app.store.write(() =>
      world.app.store.pullRequests.update(two.pullRequest.id, { headCommit: second.head }, null),
    );
    granted(await rebase(world, three.id));
    expect(world.session(three.id)).toMatchObject({
      stackedOn: two.id,
      base: two.session.branch,
      baseCommit: second.head,
    });
    expect(world.files(three.id, first).toSorted()).toEqual(['three.txt', 'two.txt']);
    const last = world.squash(two.id);
    granted(await rebase(world, three.id));
    expect(world.session(three.id)).toMatchObject({ stackedOn: null, base: 'main' });
    expect(world.files(three.id, last)).toEqual(['three.txt']);
  });

  test('whose parent went into another branch of the stack stands on that', async () => {
    const world = stackShop();
    const one = await world.add('one');
    const two = await world.add('two', one.id);
    const three = await world.add('three', two.id);
    world.squash(two.id);
    granted(await rebase(world, three.id));
    expect(world.session(three.id)).toMatchObject({ stackedOn: one.id, base: one.session.branch });
  });
});

describe('the pull request of a child', () => {
  test('goes to its new base before its branch is touched, and nothing is sent twice', async () => {
    const world = stackShop();
    const parent = await world.add('parent');
    const child = await world.add('child', parent.id);
    world.squash(parent.id);
    world.writes.push('refused', 'lost');
    expect(refused(await rebase(world, child.id)).reason).toBe('GitHub refused.');
    expect(world.session(child.id).stackedOn).toBe(parent.id);
    expect(granted(await rebase(world, child.id))).toMatchObject({ moved: true });
    expect(world.changes).toHaveLength(2);
  });

  test('is opened again when GitHub closed it with the deleted branch', async () => {
    const world = stackShop();
    const parent = await world.add('parent');
    const child = await world.add('child', parent.id);
    const landed = world.squash(parent.id, { deleteBranch: true });
    closedBy(world, child);
    expect(granted(await rebase(world, child.id))).toMatchObject({ moved: true });
    expect(world.pullRequest(child.id)).toMatchObject({ state: 'open', base: 'main' });
    expect(world.remote(parent.session.branch)).toBeNull();
    expect(world.files(child.id, landed)).toEqual(['child.txt']);
  });

  test('leaves the branch that it needed for that to the landing when it cannot be deleted', async () => {
    const world = stackShop();
    const parent = await world.add('parent');
    const child = await world.add('child', parent.id);
    world.squash(parent.id, { deleteBranch: true });
    const { app } = world;
    app.git = { ...app.git, deleteRemoteBranch: async () => refuse('It is protected.') };
    closedBy(world, child);
    const at = app.clock.iso();
    app.store.write(() =>
      app.store.pullRequests.update(parent.pullRequest.id, { landedAt: at }, null),
    );
    granted(await rebase(world, child.id));
    expect(app.store.pullRequests.unlanded().map(({ id }) => id)).toEqual([parent.pullRequest.id]);
  });

  test('that a person closed before stays closed', async () => {
    const world = stackShop();
    const parent = await world.add('parent');
    const child = await world.add('child', parent.id);
    const { store } = world.app;
    store.write(() => store.pullRequests.update(child.pullRequest.id, { state: 'closed' }, null));
    world.squash(parent.id, { deleteBranch: true });
    granted(await rebase(world, child.id));
    expect(world.changes).toEqual([]);
  });

  test('that somebody gave another base keeps it, and the branch follows it', async () => {
    const world = stackShop();
    const parent = await world.add('parent');
    const child = await world.add('child', parent.id);
    world.shop.repo.pushElsewhere('develop', { 'develop.txt': 'x\n' });
    world.squash(parent.id);
    const { store } = world.app;
    store.write(() => store.pullRequests.update(child.pullRequest.id, { base: 'develop' }, null));
    granted(await rebase(world, child.id));
    expect(world.session(child.id)).toMatchObject({ base: 'develop', stackedOn: null });
    expect(world.changes).toEqual([]);
  });
});

describe('nothing is moved', () => {
  test.each(['working', 'permission', 'limited', 'starting'] as const)(
    'under a Claude that is %s',
    async (activity) => {
      const world = stackShop();
      const parent = await world.add('parent');
      const child = await world.add('child', parent.id);
      world.squash(parent.id);
      world.rest(child.id, activity);
      // What is looked at is what the fake tmux shows, and it shows a living pane.
      const no = refused(await rebase(world, child.id));
      expect(no.reason).toBe(`Claude works in #${child.id}.`);
      expect(world.changes).toEqual([]);
    },
  );

  test('when the parent ended without a merge, until a person says where to', async () => {
    const world = stackShop();
    const parent = await world.add('parent');
    const child = await world.add('child', parent.id);
    const { store } = world.app;
    const { id } = parent.pullRequest;
    store.write(() => store.pullRequests.update(id, { state: 'closed' }, null));
    const no = refused(await rebase(world, child.id));
    expect(no.hint).toContain(`claustre rebase ${child.id} --onto main`);
    const { why } = granted(await whyTask.run(world.app, { task: child.id }));
    expect(why).toContain('was closed');
    expect(why.split(`claustre rebase ${child.id} --onto`)).toHaveLength(2);
    const moved = granted(await rebase(world, child.id, 'main'));
    expect(moved).toMatchObject({ moved: true, stackedOn: null });
    expect(world.files(child.id, 'origin/main')).toEqual(['child.txt']);
    expect(world.pullRequest(child.id).base).toBe('main');
  });

  test('where it conflicts, and the files are named', async () => {
    const world = stackShop();
    const parent = await world.add('parent');
    const child = await world.add('child', parent.id);
    world.shop.repo.pushElsewhere('main', { 'child.txt': 'other\n' });
    world.squash(parent.id);
    const before = world.remote(child.session.branch);
    expect(refused(await rebase(world, child.id)).reason).toContain('in child.txt');
    expect(world.remote(child.session.branch)).toBe(before);
    expect(world.session(child.id).stackedOn).toBe(parent.id);
  });
});

describe('where a branch was before it was moved', () => {
  async function movedChild() {
    const world = stackShop();
    const parent = await world.add('parent');
    const { id } = await world.add('child', parent.id);
    world.squash(parent.id);
    granted(await rebase(world, id));
    const { app } = world;
    const kept = () => world.shop.repo.git('for-each-ref', 'refs/claustre/moved') !== '';
    return { app, id, kept };
  }

  test.each([
    ['done', finishTask],
    ['removed', removeTask],
  ])('is kept until the task is %s, also when it was killed before', async (_, end) => {
    const { app, id, kept } = await movedChild();
    granted(await killTask.run(app, { task: id }));
    expect(kept()).toBe(true);
    granted(await end.run(app, { task: id }));
    expect(kept()).toBe(false);
  });

  test('goes with the session of a task that is done', async () => {
    const { app, id, kept } = await movedChild();
    expect(kept()).toBe(true);
    granted(await finishTask.run(app, { task: id }));
    expect(kept()).toBe(false);
  });
});
