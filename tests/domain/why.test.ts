import { describe, expect, test } from 'vitest';
import type { Activity, ActivityName } from '#domain/activity.ts';
import type { PullRequest } from '#domain/pull-request.ts';
import { TASK_STATUSES, type TaskStatus } from '#domain/task.ts';
import { inboxEntry, why } from '#domain/why.ts';

const at = '2026-01-02T03:04:05.000Z';
const activity = (name: ActivityName, detail: string | null = null): Activity => ({
  name,
  source: 'hook',
  since: Date.parse(at),
  detail,
});
const task = (status: TaskStatus, held: string | null = null, push: 'pr' | 'local' = 'pr') => ({
  id: 12,
  title: 'T',
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
    failedChecks: [],
    readAt: at,
    url: 'https://github.com/o/r/pull/1',
    ...changes,
  }) as PullRequest;

describe('what needs a person', () => {
  test.each([
    [task('working'), activity('permission', 'Bash: ls'), null, 'permission'],
    [task('working'), activity('question'), null, 'question'],
    [task('working'), activity('plan'), null, 'plan'],
    [task('pending', 'setup failed'), activity('ended'), null, 'setup_failed'],
    [task('conflict'), null, null, 'conflict'],
    [task('ci_failed'), null, pullRequest({ failedChecks: ['lint'] }), 'ci_failed'],
    [task('in_review'), null, pullRequest({}), 'ready_to_merge'],
    [task('in_review', null, 'local'), activity('idle'), null, 'ready_to_merge'],
    [task('in_review'), null, pullRequest({ state: 'closed' }), 'closed'],
    [task('error'), null, null, 'error'],
    [task('interrupted'), activity('ended'), null, 'unsure'],
    [task('working'), activity('lost'), null, 'unsure'],
    [task('working'), activity('working'), null, undefined],
    [task('working'), activity('idle'), null, undefined],
    [task('in_review'), activity('idle'), pullRequest({ checks: 'pending' }), undefined],
    [task('in_review'), activity('idle'), pullRequest({ draft: true }), undefined],
    [task('done'), activity('permission'), null, undefined],
  ] as const)('%o with %o: %s', (about, doing, delivery, kind) => {
    const entry = inboxEntry({ task: about, activity: doing, pullRequest: delivery });
    expect(entry?.kind).toBe(kind);
    if (entry !== null) expect(entry).toMatchObject({ task: 12, since: at });
  });

  test('the text of a permission is what is asked', () => {
    const facts = {
      task: task('working'),
      activity: activity('permission', 'Bash: ls'),
      pullRequest: null,
    };
    expect(inboxEntry(facts)?.text).toBe('Bash: ls');
  });
});

test('every status has a sentence', () => {
  for (const status of TASK_STATUSES) {
    const said = why({ task: task(status), activity: null, pullRequest: null }, []);
    expect(said).toMatch(/^#12 .+\.$/);
  }
});
