import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TaskView } from '#domain/task-view.ts';
import { commits, type Journey, journey, script } from '../support/journey.ts';
import { waitFor } from '../support/wait-for.ts';

const CONFIG =
  '[github]\npoll_interval_secs = 1\n[notifications]\nsystem = false\nbell = false\ncommand = "teller"\n';

/** A program named "teller", which writes what it is told into a file; returns how to read that. */
function teller({ home, env }: Journey): () => string[] {
  const out = join(home, 'told');
  const path = join((env.PATH ?? '').split(':')[0] ?? '', 'teller');
  mkdirSync(home, { recursive: true });
  writeFileSync(path, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${out}'\n`);
  chmodSync(path, 0o755);
  return () => (existsSync(out) ? readFileSync(out, 'utf8').trim().split('\n') : []);
}

test('a review says whose turn it is, what speaks for it, and each change is told once', async () => {
  const world = await journey({ remote: 'github', config: CONFIG });
  const told = teller(world);
  const { repositories } = world.github.world() as { repositories: Record<string, object> };
  // Before its first check has begun it cannot be merged yet.
  world.github.set({
    repositories: { 'acme/app': { ...repositories['acme/app'], runsChecks: true } },
  });
  const prompt = script(
    'Lock it.',
    'printf "echo 3 passed" > test.sh; sh ./test.sh',
    'rm test.sh',
    commits('yarn.lock', 'left-pad'),
    'git push -q -u origin HEAD',
    'gh pr create --base main --title "Lock it" --body "So that it stays."',
  );
  await world.json('add-task', 'app', 'Lock it', '-d', prompt, '-m', 'autonomous', '--launch');
  await world.reaches(1, 'in_review');
  const inReview = 'app: #1 "Lock it" is in review.';
  await waitFor('the first word', () => told().includes(inReview));
  const turns = (what: string, of: string | null, text: string): Promise<TaskView> =>
    world.until(what, 1, ({ turn }) => turn?.of === of && turn.text === text);

  const running = { checks: [{ name: 'lint', status: 'IN_PROGRESS', conclusion: null }] };
  world.github.setPullRequest(1, { ...running, mergeState: 'BLOCKED' });
  await turns('the checks run', 'checks', '0 of 1 ended');
  const green = { checks: [{ name: 'lint', conclusion: 'SUCCESS' }], rollupState: 'SUCCESS' };
  world.github.setPullRequest(1, { ...green, review: 'REVIEW_REQUIRED' });
  await turns('the reviewers are asked', 'reviewers', 'waits for a review');
  const why = await world.claustre('why', '1');
  expect(why.stdout).toContain("It is the reviewers' turn: waits for a review.");
  world.github.setPullRequest(1, { review: 'APPROVED', mergeState: 'CLEAN' });
  const ready = await turns('it can be merged', 'you', 'ready to merge');

  expect(ready.proof?.tests).toMatchObject([{ command: 'sh ./test.sh', outcome: 'passed' }]);
  const measured = await world.until(
    'its files were looked at',
    1,
    ({ proof }) => (proof?.risks ?? []).length > 0,
  );
  expect(measured.proof?.risks).toEqual([{ path: 'yarn.lock', why: 'pins what is installed' }]);
  const canMerge = 'app: #1 "Lock it" can be merged.';
  await waitFor('the second word', () => told().includes(canMerge));
  world.github.setPullRequest(1, { ...running, rollupState: 'PENDING', mergeState: 'BLOCKED' });
  await turns('the checks run again', 'checks', '0 of 1 ended');
  world.github.setPullRequest(1, { ...green, mergeState: 'CLEAN' });
  await turns('it can still be merged', 'you', 'ready to merge');
  world.github.setPullRequest(1, { state: 'MERGED', mergeCommit: 'm', mergedBy: 'ada' });
  await waitFor('the last word', () => told().at(-1)?.includes('was merged'));
  const merged = 'app: #1 "Lock it" was merged into main by ada.';
  expect(told()).toEqual([inReview, canMerge, merged]);
});
