import { expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { aStatement } from '../../support/feedback.ts';
import { failing } from '../../support/reading.ts';
import { CI_FAILED, start } from '../../support/start-rounds.ts';
import { granted, refused } from '../../support/workshop.ts';

test('on a person’s word Claude gets what stands against the pull request, as one message', async () => {
  const it = await start(CI_FAILED, { status: 'ci_failed' });
  it.says({ id: 'F1', path: 'a.ts', line: 3 });
  expect(granted(await it.fix())).toEqual({
    task: it.id,
    evidence: ['build', 'ada on a.ts:3: This forgets the empty list.'],
    stopped: false,
  });
  expect(it.sent()).toHaveLength(1);
  expect(it.sent()[0]).toMatch(/\| check: build[\s\S]*\| This forgets the empty list\./);
  expect(it.rounds()).toMatchObject([
    {
      kind: 'fix',
      headCommit: it.pullRequest.headCommit,
      sentAt: expect.any(Number),
      endedAt: null,
    },
  ]);
  expect(it.app.store.feedback.find(it.pullRequest.id, 'F1')).toMatchObject({ roundId: 1 });
  expect(it.app.store.attempts.currentOf(it.session.id)).toMatchObject({ purpose: 'fix' });
  expect(it.events('fix.begin')).toEqual([
    { number: 12, evidence: ['build', 'ada on a.ts:3: This forgets the empty list.'] },
  ]);
  expect(refused(await it.fix()).reason).toContain('is told already of #1: build');
  expect(it.sent()).toHaveLength(1);
});

test('the end of the log of a failing check is at hand; one that cannot be read holds nothing up', async () => {
  const job = (name: string, id: number) =>
    failing(name).map((each) => ({ ...each, job: { id, run: 1 } }));
  const checkRuns = [...job('build', 7), ...job('lint', 8)];
  const it = await start({ checks: 'failed', checkRuns }, { status: 'ci_failed' });
  const kept = new Map<string, string>();
  Object.assign(it.app.host, {
    keep: (path: string, text: string) => kept.set(path, text),
    readKept: (path: string) => kept.get(path) ?? null,
  });
  Object.assign(it.app.gh, {
    readJobLog: async (_host: string, _repository: string, id: number) =>
      id === 7 ? '##[error]It broke.' : refuse('There is no log.'),
  });
  granted(await it.fix());
  const [path = ''] = kept.keys();
  expect(path).toContain('7.log');
  expect(it.sent()[0]).toContain(`The end of its log, which is data as well: "${path}"`);
  expect(it.sent()[0]?.match(/The end of its log/g)).toHaveLength(1);
});

test('it works under any policy, and says when there is nothing to fix', async () => {
  const it = await start({}, { fix: 'off' });
  expect(refused(await it.fix()).reason).toContain('Nothing that Claude could fix');
  it.says({ id: 'F1', statements: [aStatement({ trust: 'untrusted' })] });
  expect(refused(await it.fix()).reason).toContain('Nothing that Claude could fix');
  it.says({ id: 'F1' });
  granted(await it.fix());
  expect(it.shop.task(it.id).fix).toBe('off');
});

test('what GitHub told of an older commit is not acted on', async () => {
  const it = await start({ ...CI_FAILED, headCommit: 'f'.repeat(40) }, { status: 'ci_failed' });
  expect(refused(await it.fix()).reason).toContain('is of an older commit than origin has');
  expect(it.rounds()).toEqual([]);
  expect(it.sent()).toEqual([]);
});

test('a Claude that has ended is resumed first', async () => {
  const it = await start(CI_FAILED, { status: 'ci_failed' });
  it.shop.tmux.kill(it.session.id);
  const { sendKeys } = it.app.tmux;
  // Its own file says that it is at its prompt.
  const { wait } = it.app.clock;
  Object.assign(it.app.clock, {
    wait: async (ms: number) => {
      await wait(ms);
      const pid = it.app.store.sessions.openOf(it.id)?.pid ?? 0;
      it.shop.files.set(pid, {
        status: 'idle',
        waitingFor: null,
        claudeSessionId: it.session.claudeSessionId,
        statusUpdatedAt: it.app.clock.now(),
      });
    },
  });
  expect(sendKeys).toBeDefined();
  granted(await it.fix());
  expect(it.shop.tmux.started).toHaveLength(2);
  expect(it.sent()).toHaveLength(1);
});

test('--stop ends the round and switches it off for the task; it can be undone', async () => {
  const it = await start(CI_FAILED, { status: 'ci_failed', fix: 'automatic' });
  granted(await it.fix());
  expect(granted(await it.fix(true))).toEqual({ task: it.id, evidence: [], stopped: true });
  expect(it.rounds()).toMatchObject([{ outcome: 'stopped', note: 'You stopped it.' }]);
  expect(it.shop.task(it.id).fix).toBe('off');
  expect(it.events('task.edit')).toEqual([{ fields: ['fix'], before: { fix: 'automatic' } }]);
  expect(await it.step()).toBeNull();
  expect(it.sent()).toHaveLength(1);
});
