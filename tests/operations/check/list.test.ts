import { describe, expect, test } from 'vitest';
import { findCheck } from '#operations/check/find.ts';
import { listChecks } from '#operations/check/list.ts';
import { openTask } from '#operations/task/open.ts';
import { aCheck } from '../../support/reading.ts';
import { granted, refused } from '../../support/workshop.ts';
import { start } from './start-checks.ts';

const lint = aCheck('lint', 'FAILURE', { url: 'https://ci.example.org/lint' });
const e2e = aCheck('e2e (linux)', 'FAILURE', { required: true });
const mac = aCheck('e2e (mac)', 'SUCCESS');

describe('the checks of a task', () => {
  test('are told as they were read last, and as a list in a document', async () => {
    const { app, task } = start([lint, mac]);
    const listed = granted(await listChecks.run(app, { task }));
    expect(listed).toMatchObject({ number: 7, verdict: 'failed', note: null, checks: [lint, mac] });
    expect(listChecks.document?.(listed)).toEqual([lint, mac]);
  });

  test('of one that was not read are not said to be none', async () => {
    const { app, task, pullRequest } = start([]);
    app.store.write(() => app.store.pullRequests.update(pullRequest.id, { readAt: null }, null));
    expect(refused(await listChecks.run(app, { task })).reason).toContain('not read yet');
  });
});

describe('a check by its name', () => {
  const named = (name: string | null) =>
    findCheck({ number: 7, checkRuns: [lint, e2e, mac] }, name);

  test('is the exact one, or the only one that has it in its name', () => {
    expect(named('lint')).toBe(lint);
    expect(named('MAC')).toBe(mac);
  });

  test('without a name is a failed one, what is required first', () => {
    expect(named(null)).toBe(e2e);
    expect(refused(findCheck({ number: 7, checkRuns: [mac] }, null)).reason).toBe(
      'No check of pull request 7 has failed.',
    );
  });

  test('that several have, or none, is refused with those that there are', () => {
    expect(refused(named('e2e'))).toMatchObject({
      reason: expect.stringContaining('Several'),
      hint: 'There are: "e2e (linux)", "e2e (mac)".',
    });
    expect(refused(named('deploy')).hint).toContain('"lint"');
  });
});

describe('checks of two workflows with the same name', () => {
  const [ci, nightly] = ['CI', 'Nightly'].map((workflow) =>
    aCheck('build', 'FAILURE', { workflow }),
  );
  const checkRuns = [ci, nightly].flatMap((each) => each ?? []);
  const named = (name: string) => findCheck({ number: 7, checkRuns }, name);

  test('are not guessed at: both are named', () => {
    expect(refused(named('build'))).toMatchObject({
      reason: 'Several checks of pull request 7 have "build" in their names.',
      hint: 'There are: "CI / build", "Nightly / build".',
    });
  });

  test('are told apart by the workflow, or by the key', () => {
    expect(named('Nightly / build')).toBe(nightly);
    expect(named('CI / build')).toBe(ci);
    expect(named(JSON.stringify(['Nightly', 'build']))).toBe(nightly);
  });
});

test('open goes to where a check is read, else to the page of all checks', async () => {
  const { app, task, opened } = start([lint, e2e]);
  await openTask.run(app, { task, check: 'lint', elsePullRequest: false });
  await openTask.run(app, { task, check: true, elsePullRequest: true });
  expect(opened).toEqual([lint.url, 'https://github.com/acme/app/pull/7/checks']);
  const nothing = { task, check: 'nothing' };
  const no = refused(await openTask.run(app, { ...nothing, elsePullRequest: false }));
  expect(no.code).toBe('not_found');
  await openTask.run(app, { ...nothing, elsePullRequest: true });
  expect(opened.at(-1)).toBe('https://github.com/acme/app/pull/7');
});
