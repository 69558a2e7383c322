import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Check } from '#domain/pull-request/checks.ts';
import { commits, journey, script } from '../support/journey.ts';
import { waitFor } from '../support/wait-for.ts';

const CONFIG = '[github]\npoll_interval_secs = 1\n';
const LOG = '2026-01-01T12:00:00.1234567Z \u001b[31m##[error]no tea in the pot\u001b[0m\n';

async function reviewed() {
  const world = await journey({ remote: 'github', config: CONFIG });
  const prompt = script(
    'Add a page.',
    commits('page.txt', 'hello page'),
    'git push -q -u origin HEAD',
    'gh pr create --base main',
  );
  await world.json('add-task', 'app', 'Add a page', '-d', prompt, '-m', 'autonomous', '--launch');
  await world.reaches(1, 'in_review');
  return world;
}

const build = { name: 'build', conclusion: 'FAILURE', id: 71, log: LOG, required: true };
const lint = { name: 'lint', conclusion: 'FAILURE', url: 'https://ci.example.org/lint' };

test('only a required check that fails makes a task ci_failed; it can be listed, opened and read', async () => {
  const world = await reviewed();
  const { github, claustre, json, repo } = world;
  github.setPullRequest(1, { checks: [{ ...build, conclusion: 'SUCCESS' }, lint] });
  const optional = await world.until(
    'the optional failure is known',
    1,
    ({ pullRequest }) => pullRequest?.checks === 'failed_optional',
  );
  expect(optional.status).toBe('in_review');

  github.setPullRequest(1, { checks: [{ ...build, id: 72 }, lint] });
  await world.reaches(1, 'ci_failed');
  const checks = await json<Check[]>('checks', '1');
  expect(checks.map(({ name, meaning, required }) => ({ name, meaning, required }))).toEqual([
    { name: 'build', meaning: 'failed', required: true },
    { name: 'lint', meaning: 'failed', required: false },
  ]);
  expect((await claustre('inbox')).stdout).toContain('failed: build.');
  expect(await claustre('logs', '1', '--check')).toMatchObject({
    exitCode: 0,
    stdout: 'Error: no tea in the pot\n',
  });
  const logs = await claustre('logs', '1', '--check', 'lint');
  expect(logs).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no log') });

  const opened = join(repo.root, 'opened');
  writeFileSync(join(repo.root, 'browser'), `#!/bin/sh\necho "$@" > ${opened}\n`, { mode: 0o755 });
  const browser = { env: { BROWSER: join(repo.root, 'browser') } };
  await world.claustreWith(browser, 'open', '1', '--check', 'lint');
  expect(readFileSync(opened, 'utf8')).toBe(`${lint.url}\n`);

  github.setPullRequest(1, { checks: [{ ...build, conclusion: 'SUCCESS' }] });
  await world.reaches(1, 'in_review');
});

test('while GitHub limits requests nothing changes, the reason is told, and it goes on by itself', async () => {
  const world = await reviewed();
  const { github, claustre } = world;
  await world.until('it was read', 1, ({ pullRequest }) => pullRequest?.readAt != null);
  github.set({ mode: '502' });
  github.setPullRequest(1, { checks: [build] });
  const doctor = async () => (await claustre('doctor')).stdout;
  await waitFor('the trouble is told', async () =>
    (await doctor()).includes('has trouble of its own'),
  );
  expect((await world.show(1)).status).toBe('in_review');
  github.set({ mode: null });
  await world.reaches(1, 'ci_failed');
  expect(await doctor()).toContain('4999 of 5000 points');
  expect(await doctor()).not.toContain('trouble');
});
