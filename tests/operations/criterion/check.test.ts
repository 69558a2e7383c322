import { expect, test } from 'vitest';
import { checkCriteria } from '#operations/criterion/check.ts';
import { type GateStage, gateStage } from '../../support/gate-stage.ts';
import { printed } from '../../support/review-stage.ts';
import { granted, refused } from '../../support/workshop.ts';

const EVENT = { kind: 'task.edit', source: 'person', at: '2026-01-01T12:00:00.000Z' } as const;
const MET = { verdict: 'met', seen: 'It answers.', commands: ['npm test'], files: ['a.ts'] };

function stageWith(...texts: string[]): GateStage {
  const stage = gateStage([{ name: 'test', command: 'npm test' }]);
  const { app, work, claude } = stage;
  app.store.write(() => app.store.tasks.setCriteria(work.task.id, texts, EVENT));
  claude.works = async () => printed(texts.map((_, index) => ({ id: `C${index + 1}`, ...MET })));
  // Nothing may end the time that a check has, but the test.
  app.clock.wait = async (_ms, signal) => {
    if (signal === undefined) return;
    await new Promise<void>((done) => signal.addEventListener('abort', () => done()));
  };
  return stage;
}

const check = async ({ app, work }: GateStage) => granted(await checkCriteria(app, work));

test('a fresh Claude judges each criterion, and may neither write nor push', async () => {
  const stage = stageWith('It builds', 'It is fast');
  const criteria = await check(stage);
  expect(criteria).toMatchObject([
    { text: 'It builds', verdict: 'met', headCommit: 'head', checkedAt: expect.any(String) },
    { text: 'It is fast', verdict: 'met', evidence: 'It answers. (ran npm test; read a.ts)' },
  ]);
  const [asked] = stage.claude.asked;
  expect(asked).toMatchObject({ permissionMode: 'default', maxUsd: 5 });
  expect(asked?.claudeSessionId).not.toBe(stage.work.session.claudeSessionId);
  expect(asked?.permissions.allow).toContain('Bash(npm test)');
  expect(asked?.permissions.allow).not.toContain('Bash(git *)');
  expect(asked?.permissions.deny).toContain('Edit');
  expect(stage.app.store.attempts.ofTask(1)).toMatchObject([
    { purpose: 'criteria', outcome: 'judged', costUsd: 0.5, inputTokens: 1000, charged: false },
  ]);
  expect(stage.app.store.events.ofTask(1, 1)).toMatchObject([
    { kind: 'criteria.check', data: { met: 2, unmet: 0, unknown: 0 } },
  ]);
  expect(stage.shell.held).toEqual([]);
});

test('a task without criteria asks nobody', async () => {
  const stage = gateStage([]);
  expect(await check(stage)).toEqual([]);
  expect(stage.claude.asked).toEqual([]);
});

test('what was judged for a commit is not judged again; a new commit and other words are', async () => {
  const stage = stageWith('It builds');
  await check(stage);
  await check(stage);
  expect(stage.claude.asked).toHaveLength(1);
  stage.git.head = 'after';
  await check(stage);
  expect(stage.claude.asked).toHaveLength(2);
  const { app, work } = stage;
  app.store.write(() => app.store.tasks.setCriteria(work.task.id, ['It builds well'], EVENT));
  await check(stage);
  expect(stage.claude.asked).toHaveLength(3);
});

test('what lies beside the commit is judged with it, and does not count for the commit', async () => {
  const stage = stageWith('It builds');
  stage.git.changed = 1;
  expect(await check(stage)).toMatchObject([{ verdict: 'met', headCommit: null }]);
  stage.git.changed = 0;
  await check(stage);
  expect(stage.claude.asked).toHaveLength(2);
});

test.each([{ head: 'after' }, { changed: 1 }, { untracked: 1 }])(
  'a worktree that changed while it was judged proves nothing: %j',
  async (change) => {
    const stage = stageWith('It builds');
    stage.claude.works = async () => {
      Object.assign(stage.git, change);
      return printed([{ id: 'C1', ...MET }]);
    };
    expect(await check(stage)).toMatchObject([
      {
        verdict: 'unknown',
        evidence: 'The worktree changed while it was judged.',
        headCommit: null,
      },
    ]);
  },
);

test.each([
  ['a limit of the account', { limited: true, failed: 'Limit reached, resets 3pm' }, 'limited'],
  ['an error', { failed: 'Credit balance is too low' }, 'failed'],
])('%s is no verdict', async (_, more, outcome) => {
  const stage = stageWith('It builds');
  stage.claude.works = async () => printed([], more);
  const no = refused(await checkCriteria(stage.app, stage.work));
  expect(no).toMatchObject({ code: 'environment', reason: expect.stringContaining(more.failed) });
  expect(stage.app.store.tasks.criteria(1)).toMatchObject([{ verdict: null }]);
  expect(stage.app.store.attempts.ofTask(1)).toMatchObject([{ outcome }]);
  expect(stage.shell.held).toEqual([]);
});

test('what takes too long is stopped, and unknown', async () => {
  const stage = stageWith('It builds');
  stage.claude.works = () => new Promise(() => undefined);
  stage.app.clock.wait = async () => undefined;
  expect(await check(stage)).toMatchObject([
    { verdict: 'unknown', evidence: 'It was not judged within 20 minutes.' },
  ]);
  expect(stage.app.store.attempts.ofTask(1)).toMatchObject([{ outcome: 'timed out' }]);
});

/** Begins a check whose starter goes before it ends. */
async function cutOff(stage: GateStage): Promise<void> {
  stage.claude.works = () => Promise.reject(new Error('killed'));
  await expect(checkCriteria(stage.app, stage.work)).rejects.toThrow('killed');
}

test('a check that was cut off is finished by the same call: its Claude is waited for', async () => {
  const stage = stageWith('It builds');
  await cutOff(stage);
  Object.assign(stage.claude, { alive: true, trace: { pid: 9, result: null } });
  stage.app.clock.wait = async () => {
    stage.claude.trace = { pid: 9, result: printed([{ id: 'C1', ...MET }]).result };
  };
  expect(await check(stage)).toMatchObject([{ verdict: 'met' }]);
  expect(stage.claude.asked).toHaveLength(1);
  expect(stage.app.store.attempts.ofTask(1)).toHaveLength(1);
});

test('one that left nothing is begun anew', async () => {
  const stage = stageWith('It builds');
  await cutOff(stage);
  stage.claude.works = async () => printed([{ id: 'C1', ...MET }]);
  expect(await check(stage)).toMatchObject([{ verdict: 'met' }]);
  expect(stage.claude.asked).toHaveLength(2);
  expect(stage.app.store.attempts.ofTask(1).map(({ outcome }) => outcome)).toEqual([
    'cut off',
    'judged',
  ]);
});
