import { describe, expect, test } from 'vitest';
import { failingLog, readCheckLog } from '#operations/check/log.ts';
import { sessionLogs } from '#operations/session/logs.ts';
import { aCheck } from '../../support/reading.ts';
import { granted, refused } from '../../support/workshop.ts';
import { start } from './start-checks.ts';

const build = aCheck('build', 'FAILURE', { job: { id: 71, run: 3 }, required: true });
const lint = aCheck('lint', 'FAILURE', { job: { id: 72, run: 3 }, required: false });
const scan = aCheck('scan', 'FAILURE', { url: 'https://ci.example.org/7' });
const LOGS = { 71: '\u001b[31m##[error]no tea\u001b[0m\n', 72: 'unused\n' };

describe('the log of a check', () => {
  test('is its relevant part, in a file of the session, and asked for once', async () => {
    const { app, task, session, asked } = start([lint, build], LOGS);
    const path = granted(await failingLog(app, task, build));
    expect(path).toBe(`${app.paths.sessions}/${session.id}/checks/71.log`);
    expect(app.host.readKept(path)).toBe('Error: no tea\n');
    expect(await failingLog(app, task, build)).toBe(path);
    expect(asked).toEqual([71]);
  });

  test('without a name is that of a failed one, the required first', async () => {
    const { app, task } = start([lint, build], LOGS);
    expect(granted(await readCheckLog.run(app, { task, check: null }))).toMatchObject({
      check: 'build',
      text: 'Error: no tea\n',
    });
    const logs = { task, lines: 10, setup: false };
    expect(granted(await sessionLogs.run(app, { ...logs, check: true }))).toMatchObject({
      check: 'build',
    });
    expect(granted(await sessionLogs.run(app, { ...logs, check: 'LIN' }))).toMatchObject({
      check: 'lint',
    });
  });

  test.each([
    ['of somebody else’s check', scan, /no job of GitHub's own/],
    ['of one that runs', { ...build, meaning: 'pending' }, /still runs/],
    ['that GitHub has not', { ...build, job: { id: 9, run: null } }, /no log of it.*"build"/],
  ] as const)('%s is refused with the reason', async (_which, check, reason) => {
    const { app, task } = start([check], LOGS);
    expect(refused(await failingLog(app, task, check)).reason).toMatch(reason);
  });
});
