import { describe, expect, test } from 'vitest';
import { failedChecks } from '#domain/pull-request/checks.ts';
import { HOST, numbers, pinned, pull, read, readOne, start } from '../../support/gh-world.ts';

const queries = (calls: { query: string }[]) =>
  calls.map(({ query }) => /^query (\w+)/.exec(query)?.[1]);

describe('checks of a head commit', () => {
  test('of both kinds make one verdict, and of one check the newest run counts', async () => {
    const checks = [
      { name: 'build', conclusion: 'FAILURE', startedAt: '2026-01-01T00:00:00Z' },
      { name: 'build', conclusion: 'SUCCESS', startedAt: '2026-01-01T00:05:00Z' },
      { name: 'docs', conclusion: 'SKIPPED' },
    ];
    const passed = await readOne({ checks });
    expect([passed.checks, passed.checkRuns.map(({ name, meaning }) => [name, meaning])]).toEqual([
      'passed',
      [
        ['build', 'passed'],
        ['docs', 'ignored'],
      ],
    ]);
    const failed = await readOne({ checks, statuses: [{ context: 'ci/other', state: 'ERROR' }] });
    expect([failed.checks, failedChecks(failed.checkRuns)]).toEqual(['failed', ['ci/other']]);
  });

  test('tell where a person can read about each, and the job whose log there is', async () => {
    const url = 'https://ci.example.org/7';
    const { checkRuns } = await readOne({
      checks: [
        { name: 'build', id: 71 },
        { name: 'scan', app: 'scanner', url },
        { name: 'odd', app: 'scanner', url: 'javascript:alert(1)' },
      ],
      statuses: [{ context: 'ci', state: 'PENDING', targetUrl: 'file:///etc/passwd' }],
    });
    expect(checkRuns.map(({ job, url: at, workflow }) => ({ job, url: at, workflow }))).toEqual([
      {
        job: { id: 71, run: 1 },
        url: expect.stringContaining('/checks?check_run_id=71'),
        workflow: 'CI',
      },
      { job: null, url, workflow: 'CI' },
      { job: null, url: null, workflow: 'CI' },
      { job: null, url: null, workflow: null },
    ]);
  });

  test('that the login may not read are unknown, and the rest stands', async () => {
    const reading = await readOne({ checksUnreadable: true });
    expect(reading).toMatchObject({ checks: null, mergeable: 'mergeable', state: 'open' });
  });

  test('that are none at all are judged by how long the head commit is known', async () => {
    const { gh, github } = start({
      repositories: { 'acme/app': { runsChecks: true } },
      pullRequests: [pull(1)],
    });
    const seen = async (headSeenAt: string, headCommit = 'commit1') => {
      const known = { headCommit, headSeenAt, required: [] };
      return (await read(gh, [{ ...pinned(1), known }])).found.get(1)?.checks;
    };
    expect(await seen('2026-01-01T11:51:00Z')).toBe('pending');
    expect(await seen('2026-01-01T11:49:00Z')).toBe('attention');
    expect(await seen('2026-01-01T11:49:00Z', 'another')).toBe('pending');
    github.set({ repositories: {} });
    expect(await seen('2026-01-01T11:59:00Z')).toBe('none');
    github.setPullRequest(1, { mergeable: 'CONFLICTING' });
    expect(await seen('2026-01-01T11:59:00Z')).toBe('attention');
  });
});

describe('which checks are required', () => {
  const lint = { name: 'lint', conclusion: 'FAILURE' };
  const build = { name: 'build', conclusion: 'SUCCESS', required: true };

  test('is asked when one did not pass: a failure that the base does not require is optional', async () => {
    expect(await readOne({ checks: [lint, build] })).toMatchObject({ checks: 'failed_optional' });
    expect(await readOne({ checks: [{ ...lint, required: true }, build] })).toMatchObject({
      checks: 'failed',
    });
  });

  test('is nothing where the base requires none: then each failure counts', async () => {
    expect(await readOne({ checks: [lint] })).toMatchObject({ checks: 'failed' });
  });

  test('is one more request for all, and none when it is known for this commit', async () => {
    const pulls = numbers(20).map((number) => pull(number, { checks: [lint, build] }));
    const { gh, github } = start({ pullRequests: pulls });
    const { found } = await read(gh, numbers(20).map(pinned));
    expect(queries(github.calls())).toEqual(['Poll', 'Required']);
    expect(gh.takeUsage(HOST).budget?.cost).toBe(2);
    expect([...found.values()].every(({ checks }) => checks === 'failed_optional')).toBe(true);
    const known = {
      headCommit: 'commit1',
      headSeenAt: '2026-01-01T00:00:00Z',
      required: [['["CI","lint",100]', false] as const, ['["CI","build",101]', true] as const],
    };
    const again = await read(gh, [{ ...pinned(1), known }]);
    expect(again.found.get(1)?.checks).toBe('failed_optional');
    expect(queries(github.calls())).toEqual(['Poll', 'Required', 'Poll']);
    await read(gh, [{ ...pinned(1), known: { ...known, headCommit: 'earlier' } }]);
    expect(queries(github.calls()).slice(3)).toEqual(['Poll', 'Required']);
    // A new run of the check may be under new rules.
    github.setPullRequest(1, { checks: [{ ...lint, id: 7, required: true }, build] });
    expect((await read(gh, [{ ...pinned(1), known }])).found.get(1)?.checks).toBe('failed');
  });

  test('is not asked while nothing failed', async () => {
    const { gh, github } = start({ pullRequests: [pull(1, { checks: [build] })] });
    await read(gh, [pinned(1)]);
    expect(queries(github.calls())).toEqual(['Poll']);
  });

  test('that could not be asked makes the verdict unknown, and all else stands', async () => {
    const { gh } = start({ pullRequests: [pull(1, { checks: [lint] })], failsFor: 'Required' });
    const readings = await gh.readPullRequests(HOST, [pinned(1)]);
    expect(readings).toMatchObject({ failed: new Map() });
    if ('refused' in readings) throw new Error(readings.reason);
    expect(readings.found.get(1)).toMatchObject({ checks: null, mergeable: 'mergeable' });
  });
});
