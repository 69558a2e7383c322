import { describe, expect, test } from 'vitest';
import type { ActivityName } from '#domain/activity.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { TASK_STATUSES, type TaskStatus } from '#domain/task.ts';
import { inboxEntry, why } from '#domain/why.ts';
import { failing } from '../support/reading.ts';

const at = '2026-01-02T03:04:05.000Z';
/** A session in this state whose last turn ended; `looked` tells whether the supervisor saw that already. */
const session = (name: ActivityName, detail: string | null = null, looked = false) => ({
  activity: { name, source: 'hook' as const, since: Date.parse(at), detail },
  turnEndedAt: 5,
  lookedAt: looked ? 5 : null,
});
const task = (status: TaskStatus, held: string | null = null, push: 'pr' | 'local' = 'pr') => ({
  id: 12,
  title: 'T',
  mode: 'autonomous' as const,
  status,
  held,
  updatedAt: at,
  push,
});
const pullRequest = (changes: Partial<PullRequest>) =>
  ({
    state: 'open',
    draft: false,
    mergeable: 'mergeable',
    checks: 'passed',
    mergeState: 'clean',
    checkRuns: [],
    readAt: at,
    url: 'https://github.com/o/r/pull/1',
    ...changes,
  }) as PullRequest;

describe('what needs a person', () => {
  test.each([
    [task('working'), session('permission', 'Bash: ls'), null, 'permission'],
    [task('working'), session('question'), null, 'question'],
    [task('working'), session('plan'), null, 'plan'],
    [task('pending', 'setup failed'), session('ended'), null, 'setup_failed'],
    [task('conflict'), null, null, 'conflict'],
    [task('ci_failed'), null, pullRequest({ checkRuns: failing('lint') }), 'ci_failed'],
    [task('in_review'), null, pullRequest({}), 'ready_to_merge'],
    [task('in_review', null, 'local'), session('idle'), null, 'ready_to_merge'],
    [task('in_review'), null, pullRequest({ state: 'closed' }), 'closed'],
    [task('error'), null, null, 'error'],
    [task('interrupted'), session('ended'), null, 'unsure'],
    [task('working'), session('lost'), null, 'unsure'],
    [task('working'), session('working'), null, undefined],
    [task('working'), session('idle'), null, undefined],
    [task('working'), session('idle', null, true), null, 'unsure'],
    [{ ...task('working'), mode: 'supervised' }, session('idle', null, true), null, undefined],
    [task('in_review'), session('idle'), pullRequest({ checks: 'pending' }), undefined],
    [task('in_review'), session('idle'), pullRequest({ draft: true }), undefined],
    [task('done'), session('permission'), null, undefined],
  ] as const)('%o with %o: %s', (about, place, delivery, kind) => {
    const entry = inboxEntry({ task: about, session: place, pullRequest: delivery });
    expect(entry?.kind).toBe(kind);
    if (entry !== null) expect(entry).toMatchObject({ task: 12, since: at });
  });

  test('the text of a permission is what is asked', () => {
    const place = session('permission', 'Bash: ls');
    const facts = { task: task('working'), session: place, pullRequest: null };
    expect(inboxEntry(facts)?.text).toBe('Bash: ls');
  });
});

test('every status has a sentence', () => {
  for (const status of TASK_STATUSES) {
    const said = why({ task: task(status), session: null, pullRequest: null }, []);
    expect(said).toMatch(/^#12 .+\.$/);
  }
});

test('what waits says its reason and its remedy', () => {
  const facts = { task: task('pending', 'setup failed'), session: null, pullRequest: null };
  expect(why(facts, [], 'It ended with exit code 3.')).toBe(
    '#12 waits: setup failed. It ended with exit code 3. See `claustre logs 12 --setup`; `claustre retry 12` runs it again.',
  );
});

test('what Claude asks comes with the command that answers it', () => {
  const facts = {
    task: task('working'),
    session: session('permission', 'Bash: ls'),
    pullRequest: null,
  };
  expect(why(facts, [])).toBe(
    '#12 needs you: Bash: ls. `claustre answer 12` says yes, with --deny no.',
  );
});
