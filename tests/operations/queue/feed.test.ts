import { describe, expect, test } from 'vitest';
import { ClaustreError, refuse } from '#domain/error.ts';
import { queueShop } from '../../support/queue-shop.ts';

const TWO = '[queue]\nmax_sessions = 2\n';

describe('feed-next', () => {
  test('starts what is ready as far as slots are free, and says why the rest waits', async () => {
    const { add, feed, statuses, does, app } = await queueShop({ config: TWO });
    const ids = [add(), add({ priority: 3 }), add(), add({ mode: 'supervised' }), add()];
    app.store.write(() =>
      app.store.tasks.setAfter(ids[4] ?? 0, [1], {
        kind: 'test',
        source: 'person',
        at: app.clock.iso(),
      }),
    );
    const fed = await feed();
    expect(fed.started).toEqual([1, 3]);
    expect(fed.waits).toEqual({
      2: 'no free slot: #1 and #3 work (2 of 2)',
      4: 'for you to launch',
      5: 'after #1',
    });
    expect(fed.says).toContain('Launched #1 on branch');
    expect(fed.says).toContain('#5 waits: after #1.');
    expect(statuses(1, 2, 3)).toEqual(['working', 'pending', 'working']);
    expect((await feed()).started).toEqual([]);
    // A turn that ended is not the end of the work; one that delivered is.
    does(1, 'idle');
    expect((await feed()).started).toEqual([]);
    app.store.write(() =>
      app.store.tasks.setStatus(
        1,
        'working',
        'in_review',
        {},
        {
          kind: 'task.deliver',
          source: 'supervisor',
          at: app.clock.iso(),
        },
      ),
    );
    expect((await feed()).started).toEqual([2]);
  });

  test('starts nothing while memory is short, and says so', async () => {
    const { add, feed, app } = await queueShop({ config: TWO });
    const id = add();
    let freeMb = 100;
    Object.assign(app.host, { freeMemoryMb: async () => freeMb });
    const fed = await feed();
    expect(fed.started).toEqual([]);
    expect(fed.waits[id]).toBe('too little memory: 100 MB free of 700 wanted');
    expect(app.store.snapshot().shortMemory).toEqual({ freeMb: 100, wantedMb: 700 });
    freeMb = 4_000;
    expect((await feed()).started).toEqual([id]);
  });

  test('starts nothing where the queue rests, is paused, or everything is', async () => {
    const { add, feed } = await queueShop({ runs: false });
    const id = add();
    expect(await feed()).toMatchObject({ started: [], waits: { [id]: 'the queue rests' } });
  });

  test('of many callers at once each task is started by one, and the slots hold', async () => {
    const { add, feed, app } = await queueShop();
    for (let count = 0; count < 6; count += 1) add();
    const all = await Promise.all([feed(), feed(), feed(), feed()]);
    expect(all.flatMap(({ started }) => started).sort()).toEqual([1, 2, 3]);
    expect(all.flatMap(({ failed }) => failed)).toEqual([]);
    expect(app.store.sessions.open()).toHaveLength(3);
  });

  test('a launch that is refused holds its task, and the others start', async () => {
    const { add, feed, app, task } = await queueShop();
    const [first, second] = [add({ base: 'gone' }), add()];
    const fed = await feed();
    expect(fed.started).toEqual([second]);
    expect(fed.failed).toMatchObject([expect.stringContaining(`#${first} was not started:`)]);
    expect(task(first).held).toBe('launch failed');
    expect(app.store.events.ofTask(first, 9).at(-1)?.data.reason).toContain('gone');
    expect((await feed()).failed).toEqual([]);
  });

  test.each([
    ['refused', refuse('No tmux.', 'Install it.', 'environment')],
    ['thrown', new ClaustreError('environment', 'No tmux.')],
  ])('what the machine lacks is %s, and tried again later', async (_how, no) => {
    const { add, feed, task, app, tmux } = await queueShop();
    const id = add();
    if (no instanceof Error) {
      Object.assign(app.tmux, { createSession: () => Promise.reject(no) });
    } else tmux.broken = no;
    const fed = await feed();
    expect(fed.failed).toEqual([expect.stringContaining('No tmux.')]);
    const retryAt = new Date(app.clock.now() + 60_000).toISOString();
    expect(task(id)).toMatchObject({ status: 'pending', held: null, retryAt });
    expect(app.store.sessions.openOf(id)).toBeNull();
  });

  test('what was begun by a process that is gone is finished first', async () => {
    const { add, feed, sessionOf, app, tmux, statuses } = await queueShop({
      config: '[queue]\nmax_sessions = 1\n',
    });
    const id = add();
    await feed();
    const session = sessionOf(id);
    const dead = { movedBy: 999_999, movedAt: app.clock.now() };
    const event = { kind: 'test', source: 'claustre' as const, at: app.clock.iso() };
    app.store.write(() =>
      app.store.sessions.move(session, { state: 'opening', ...dead, pane: null }, event),
    );
    tmux.panes = tmux.panes.filter((pane) => pane.session !== session.id);
    const next = add({ priority: 0 });
    const fed = await feed();
    expect(fed.started).toEqual([id]);
    expect(sessionOf(id)).toMatchObject({ id: session.id, state: 'open' });
    expect(statuses(id, next)).toEqual(['working', 'pending']);
  });

  test('a half made folder that cannot be cleared away is tried once more, then the task begins in another', async () => {
    const { add, feed, sessionOf, app, tmux, statuses } = await queueShop();
    const id = add();
    await feed();
    const session = sessionOf(id);
    const event = { kind: 'test', source: 'claustre' as const, at: app.clock.iso() };
    const dead = { state: 'opening' as const, movedBy: 999_999, movedAt: app.clock.now() };
    app.store.write(() => app.store.sessions.move(session, { ...dead, pane: null }, event));
    tmux.panes = tmux.panes.filter((pane) => pane.session !== session.id);
    const { removeWorktree } = app.git;
    Object.assign(app.git, {
      removeWorktree: async () => {
        throw new ClaustreError('refused', 'It is no worktree.');
      },
    });
    expect((await feed()).failed).toEqual([expect.stringContaining('It is no worktree.')]);
    expect(sessionOf(id)).toMatchObject({ id: session.id, state: 'opening', movedBy: null });
    expect((await feed()).failed).toHaveLength(1);
    expect(app.store.sessions.openOf(id)).toBeNull();
    Object.assign(app.git, { removeWorktree, addWorktree: async () => refuse('Not here.') });
    // Nothing holds it: it is launched anew, and what is wrong then is another matter.
    expect((await feed()).failed).toEqual([expect.stringContaining('Not here.')]);
    expect(statuses(id)).toEqual(['pending']);
  });

  test('its Claudes get the environment of the person who let the queue run', async () => {
    const { add, feed, app } = await queueShop();
    const seen: unknown[] = [];
    const { prepare } = app.claude;
    Object.assign(app.claude, {
      prepare: (launch: Parameters<typeof prepare>[0]) => {
        seen.push(launch.env);
        return prepare(launch);
      },
    });
    const readKept = (path: string) =>
      path === app.paths.launchEnvironment ? '{"GH_TOKEN":"theirs"}' : null;
    Object.assign(app.host, { readKept });
    add();
    await feed();
    expect(seen).toEqual([{ GH_TOKEN: 'theirs' }]);
  });

  test('a launch by the queue is no act of a person, so that nothing of it is undone by mistake', async () => {
    const { add, feed, app } = await queueShop();
    const id = add();
    await feed();
    const launched = app.store.events.ofTask(id, 20).find(({ kind }) => kind === 'task.launch');
    expect(launched?.source).toBe('supervisor');
  });
});
