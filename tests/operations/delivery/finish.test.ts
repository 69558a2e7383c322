import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import { fixTask } from '#operations/round/fix.ts';
import { startAlone } from '../../support/start-alone.ts';
import { granted } from '../../support/workshop.ts';

type Alone = Awaited<ReturnType<typeof startAlone>>;

/** A pull request of the session's branch, as a tool's output names it. */
function opensPullRequest({ app, id, session }: Alone): void {
  const at = app.clock.iso();
  const address = { host: 'github.com', repository: 'acme/app', number: 7, url: 'https://x/7' };
  const blank = unreadPullRequest({ taskId: id, ...address, createdAt: at });
  const event = { kind: 'pull_request.add', source: 'hook' as const, at };
  app.store.write(() => app.store.pullRequests.add({ ...blank, head: session().branch }, event));
}

/** From now on the gate of the project ends so. */
function ranGate({ app }: Alone, outcome: 'passed' | 'failed'): void {
  const end = { outcome, exitCode: outcome === 'passed' ? 0 : 1, note: null, log: '/log' };
  Object.assign(app.claude, { environmentOf: () => ({}) });
  Object.assign(app.host, {
    shell: {
      run: async () => end,
      claim: () => () => undefined,
      takePlace: () => () => undefined,
      readLog: () => '1 failing',
    },
  });
}

const GATE = '[[gates]]\nname = "test"\ncommand = "npm test"\n';

/** A turn that ended with a commit, and with a gate that does not pass. */
async function redGate(config = ''): Promise<Alone> {
  const it = await startAlone({ push: 'local' }, `${GATE}${config}`);
  it.commit();
  ranGate(it, 'failed');
  it.endTurn();
  return it;
}

describe('complete work of an autonomous task is delivered', () => {
  test('in mode local with a commit and a clean tree', async () => {
    const it = await startAlone({ push: 'local' });
    it.commit();
    it.endTurn();
    expect(await it.judge()).toEqual([]);
    expect(it.task().status).toBe('in_review');
    expect(it.rounds()).toEqual([]);
  });

  test('in mode push with the commit on the remote', async () => {
    const it = await startAlone({ push: 'push' });
    it.commit();
    it.push();
    it.endTurn();
    await it.judge();
    expect(it.task().status).toBe('done');
  });

  test('in mode pr with the commit on the remote and an open pull request', async () => {
    const it = await startAlone({ push: 'pr' });
    it.commit();
    it.push();
    opensPullRequest(it);
    it.endTurn();
    await it.judge();
    expect(it.task().status).toBe('in_review');
  });
});

describe('incomplete work is told', () => {
  test('all of it in one message, and judged again at the end of that turn', async () => {
    const it = await startAlone({ push: 'push' });
    it.commit();
    writeFileSync(join(it.session().worktree, 'left.txt'), 'x');
    it.endTurn();
    expect(await it.judge()).toEqual([]);
    expect(it.task().status).toBe('working');
    const [message = ''] = it.claude.told;
    expect(message).toContain('left.txt');
    expect(message).toContain('git push origin HEAD');
    expect(it.rounds()).toMatchObject([{ kind: 'finish', endedAt: null, pullRequestId: null }]);
    it.commit('left.txt');
    it.push();
    it.endTurn();
    await it.judge();
    expect(it.task().status).toBe('done');
    expect(it.rounds()).toMatchObject([{ outcome: 'delivered', note: null }]);
  });

  test('no more often than the settings say, and then the task ends in error with the evidence', async () => {
    const it = await startAlone({ push: 'push' }, '[attempts]\nfinish_rounds = 2\n');
    for (const name of ['a', 'b', 'c']) {
      it.commit(name);
      it.endTurn();
      await it.judge();
    }
    expect(it.task()).toMatchObject({
      ...{ status: 'error', errorCode: 'not_delivered' },
      errorText: '3 commits are not pushed (2 of 2 rounds are used)',
    });
    expect(it.rounds().map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
    expect(it.codes().at(-1)).toBe('not_delivered');
    expect(await it.judge()).toEqual([]);
  });

  test('not again when nothing changed since', async () => {
    const it = await startAlone({ push: 'local' });
    for (const _ of [1, 2]) {
      it.endTurn();
      await it.judge();
    }
    expect(it.claude.told).toHaveLength(1);
    expect(it.task().errorText).toContain('nothing changed since round 1');
  });

  test('anew after a person has tried it again or told it more', async () => {
    const it = await startAlone({ push: 'local' });
    for (const _ of [1, 2]) {
      it.endTurn();
      await it.judge();
    }
    it.prompted('Do it properly.');
    expect(it.task()).toMatchObject({ status: 'working', errorCode: null, errorText: null });
    it.endTurn();
    await it.judge();
    expect(it.claude.told).toHaveLength(2);
    expect(it.task().status).toBe('working');
  });

  test('not while somebody sits before its Claude', async () => {
    const it = await startAlone({ push: 'local' });
    const client = { focused: true, session: it.session().id };
    Object.assign(it.app.tmux, { clients: async () => [client] });
    it.endTurn();
    expect(await it.judge()).toMatchObject([{ reason: 'Somebody is in its session.' }]);
    expect(it.rounds()).toEqual([]);
  });

  test('and a message that did not arrive is sent again, but not for ever', async () => {
    const it = await startAlone({ push: 'local' });
    it.claude.takes = false;
    it.endTurn();
    for (let tries = 0; tries < 10 && it.task().status === 'working'; tries += 1) {
      await it.judge();
      it.app.clock.advance(40_000);
    }
    expect(it.task().errorText).toContain('the message cannot be sent');
    expect(it.rounds().map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed']);
  });
});

test('work that somebody merged meanwhile is no error', async () => {
  const it = await startAlone({ push: 'pr' });
  it.commit();
  it.push();
  opensPullRequest(it);
  const { store } = it.app;
  const { id = 0 } = store.pullRequests.of(it.id) ?? {};
  store.write(() => store.pullRequests.update(id, { state: 'merged' }, null));
  it.endTurn();
  await it.judge();
  expect(it.task().status).toBe('working');
});

describe('what Claude can do nothing about ends at once', () => {
  test('a project without a forge gets no pull request', async () => {
    const it = await startAlone({ push: 'pr' });
    it.commit();
    it.push();
    it.endTurn();
    await it.judge();
    expect(it.task()).toMatchObject({ status: 'error', errorCode: 'not_delivered' });
    expect(it.task().errorText).toContain('knows no forge');
    expect(it.claude.told).toEqual([]);
  });

  test('a worktree that somebody removed', async () => {
    const it = await startAlone({ push: 'local' });
    it.endTurn();
    rmSync(it.session().worktree, { recursive: true });
    await it.judge();
    expect(it.task()).toMatchObject({ status: 'error', errorCode: 'not_delivered' });
    expect(it.task().errorText).toContain('its worktree is gone');
  });
});

test('a turn whose work goes on in the background is waited for', async () => {
  const it = await startAlone({ push: 'local' });
  it.report({ hook_event_name: 'Stop', background_tasks: [{}] });
  expect(await it.judge()).toHaveLength(1);
  expect(it.claude.told).toEqual([]);
  it.app.clock.advance(11 * 60_000);
  await it.judge();
  expect(it.claude.told).toHaveLength(1);
});

test('work of a Claude that has ended since is judged all the same, and goes on by a resume where something is missing', async () => {
  const it = await startAlone({ push: 'local' });
  it.commit();
  it.endTurn();
  await it.dies({ exitStatus: 0 });
  expect(it.task().status).toBe('interrupted');
  await it.judge();
  expect(it.task().status).toBe('in_review');
  const other = await startAlone({ push: 'local' });
  other.endTurn();
  await other.dies({ exitStatus: 0 });
  await other.judge();
  expect(other.claude.told).toEqual([]);
  await other.step();
  expect(other.task()).toMatchObject({ status: 'interrupted', failures: 1 });
});

describe('gates', () => {
  test('a red one is told with the rest, and keeps the work from being delivered', async () => {
    const it = await redGate();
    await it.judge();
    expect(it.task().status).toBe('working');
    expect(it.claude.told[0]).toContain('A gate of the project does not pass.');
    expect(it.claude.told[0]).toContain('| 1 failing');
    it.commit('b.txt');
    ranGate(it, 'passed');
    it.endTurn();
    await it.judge();
    expect(it.task().status).toBe('in_review');
  });

  test('a red one is not told to a Claude that was stopped while it ran', async () => {
    const it = await redGate();
    const { run } = it.app.host.shell;
    it.app.host.shell.run = (...given) => it.dies({ exitStatus: 0 }).then(() => run(...given));
    await it.judge();
    expect(it.task().status).toBe('interrupted');
    expect(it.rounds()).toEqual([]);
    expect(it.session().judgedAt).toBe(it.session().turnEndedAt);
  });

  test('a red one waits for a Claude that is being resumed', async () => {
    const it = await redGate();
    const activity = { ...it.session().activity, name: 'starting' as const };
    const { store } = it.app;
    store.write(() => store.sessions.update(it.session().id, { activity }, null));
    expect(await it.judge()).toMatchObject([{ reason: 'Claude is being resumed.' }]);
    expect(it.rounds()).toEqual([]);
  });

  test('one that stays red is the error', async () => {
    const it = await redGate('[attempts]\nfinish_rounds = 0\n');
    await it.judge();
    expect(it.task()).toMatchObject({ errorCode: 'gate_failed', errorText: 'gate test fails' });
  });

  test('are not asked while there is nothing to test', async () => {
    const it = await startAlone({ push: 'local' }, GATE);
    ranGate(it, 'failed');
    it.endTurn();
    await it.judge();
    expect(it.claude.told[0]).not.toContain('gate');
  });

  test('a red one keeps a person’s own task working, and Claude is told nothing', async () => {
    const it = await startAlone({ push: 'local', mode: 'supervised' }, GATE);
    it.commit();
    ranGate(it, 'failed');
    it.endTurn();
    await it.judge();
    expect(it.task().status).toBe('working');
    expect(it.claude.told).toEqual([]);
    expect(it.session().judgedAt).toBe(it.session().turnEndedAt);
    const told = granted(await fixTask.run(it.app, { task: it.id }));
    expect(told.evidence).toEqual(['gate test fails']);
    expect(it.claude.told[0]).toContain('A gate of the project does not pass.');
    it.commit('b.txt');
    ranGate(it, 'passed');
    it.endTurn();
    await it.judge();
    expect(it.task().status).toBe('in_review');
    expect(it.rounds()).toMatchObject([{ outcome: 'delivered' }]);
  });

  test('a red one of a person’s own task is told by itself where fixing is automatic, but ends nothing in error', async () => {
    const config = `${GATE}[fix]\npolicy = "automatic"\n[attempts]\nfinish_rounds = 1\n`;
    const it = await startAlone({ push: 'local', mode: 'supervised' }, config);
    for (const name of ['a.txt', 'b.txt']) {
      it.commit(name);
      ranGate(it, 'failed');
      it.endTurn();
      await it.judge();
    }
    expect(it.claude.told).toHaveLength(1);
    expect(it.task().status).toBe('working');
    expect(it.rounds()).toMatchObject([{ outcome: 'unchanged' }]);
  });
});
