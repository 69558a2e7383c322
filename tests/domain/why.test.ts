import { describe, expect, test } from 'vitest';
import type { ActivityName } from '#domain/activity.ts';
import { inboxEntry } from '#domain/inbox.ts';
import { type PullRequest, unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import type { Turn } from '#domain/pull-request/turn.ts';
import { TASK_STATUSES, type TaskStatus } from '#domain/task.ts';
import { why } from '#domain/why.ts';
import { failing } from '../support/reading.ts';

const at = '2026-01-02T03:04:05.000Z';
/** A session in this state whose last turn ended; `looked` tells whether the supervisor saw that already. */
const session = (name: ActivityName, detail: string | null = null, looked = false) => ({
  activity: { name, source: 'hook' as const, since: Date.parse(at), detail },
  turnEndedAt: 5,
  judgedAt: looked ? 5 : null,
});
const task = (status: TaskStatus, held: string | null = null, push: 'pr' | 'local' = 'pr') => ({
  id: 12,
  title: 'T',
  mode: 'autonomous' as const,
  status,
  held,
  updatedAt: at,
  push,
  loop: false,
});
const url = 'https://github.com/o/r/pull/1';
const address = { taskId: 12, host: 'github.com', repository: 'o/r', number: 1, url };
const pullRequest = (changes: Partial<PullRequest>): PullRequest => ({
  ...unreadPullRequest({ ...address, createdAt: at }),
  id: 1,
  mergeable: 'mergeable',
  checks: 'passed',
  mergeState: 'clean',
  readAt: at,
  ...changes,
});

describe('work that a merge left out', () => {
  const leftOut = 'the merge does not hold 1 commit of its worktree';
  const merged = { pullRequest: pullRequest({ state: 'merged' }) };

  test.each(['in_review', 'working', 'interrupted'] as const)(
    'needs a person when %s',
    (status) => {
      const left = { ...session(status === 'interrupted' ? 'lost' : 'idle'), leftOut };
      const entry = inboxEntry({ task: task(status), session: left, ...merged });
      expect(entry?.kind).toBe('unsure');
      expect(entry?.text).toContain(`"T" was merged, but ${leftOut}; claustre send 12`);
    },
  );

  test('needs nobody while Claude works, and is no matter of the next pull request', () => {
    const working = { ...session('working'), leftOut };
    expect(inboxEntry({ task: task('in_review'), session: working, ...merged })).toBeNull();
    const next = { pullRequest: pullRequest({ state: 'open', checks: 'pending' }) };
    const idle = { ...session('idle'), leftOut };
    expect(inboxEntry({ task: task('in_review'), session: idle, ...next })).toBeNull();
  });
});

describe('what needs a person', () => {
  test.each([
    [task('working'), session('permission', 'Bash: ls'), null, 'permission'],
    [task('working'), session('question'), null, 'question'],
    [task('working'), session('plan'), null, 'plan'],
    [task('pending', 'setup failed'), session('ended'), null, 'setup_failed'],
    [task('pending', 'launch failed'), null, null, 'error'],
    [{ ...task('pending', 'launch failed'), mode: 'supervised' }, null, null, undefined],
    [task('conflict'), null, null, 'conflict'],
    [task('ci_failed'), null, pullRequest({ checkRuns: failing('lint') }), 'ci_failed'],
    [task('in_review'), null, pullRequest({}), 'ready_to_merge'],
    [task('in_review', null, 'local'), session('idle'), null, 'ready_to_merge'],
    [task('in_review'), null, pullRequest({ state: 'closed' }), 'closed'],
    [task('error'), null, null, 'error'],
    [{ ...task('interrupted'), mode: 'supervised' }, session('ended'), null, 'unsure'],
    [task('interrupted'), session('ended'), null, undefined],
    [task('interrupted'), session('ended', 'left by /exit'), null, 'unsure'],
    [task('working'), { ...session('idle'), failure: 'interrupted' }, null, 'unsure'],
    [task('working'), { ...session('idle'), failure: 'server_error' }, null, undefined],
    [task('working'), session('lost'), null, 'unsure'],
    [task('working'), session('working'), null, undefined],
    [task('working'), session('idle'), null, undefined],
    [task('working'), session('idle', null, true), null, 'unsure'],
    [{ ...task('working'), mode: 'supervised' }, session('idle', null, true), null, undefined],
    [task('in_review'), session('idle'), pullRequest({ checks: 'pending' }), undefined],
    [task('in_review'), session('idle'), pullRequest({ draft: true }), 'draft'],
    [task('in_review'), null, pullRequest({ checks: 'attention' }), 'attention'],
    [task('in_review'), null, pullRequest({ review: 'changes_requested' }), 'comments'],
    [
      task('in_review'),
      null,
      pullRequest({ review: 'required', mergeState: 'blocked' }),
      undefined,
    ],
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
    const said = why({ task: task(status), session: null, pullRequest: null }, null);
    expect(said).toMatch(/^#12 .+\.$/);
  }
});

test('a review says whose turn it is, when that is known', () => {
  const facts = {
    task: task('in_review'),
    session: null,
    pullRequest: pullRequest({ mergeState: 'blocked' }),
  };
  const said = (turn: Turn) =>
    why({ ...facts, pullRequest: pullRequest({ checks: null }), turn }, null);
  expect(said({ of: 'reviewers', kind: 'review', text: 'waits for a review' })).toBe(
    `#12 is in review as ${url}. It is the reviewers' turn: waits for a review.`,
  );
  expect(said({ of: null, kind: 'unknown', text: 'checks not known' })).toBe(
    `#12 is in review as ${url}. Whose turn it is is not known: checks not known.`,
  );
  expect(why(facts, null)).toBe('#12 needs you: "T": GitHub does not let it be merged.');
});

test('names of failing checks stand in the sentence', () => {
  const red = pullRequest({ checks: 'failed', checkRuns: failing('lint', 'e2e') });
  const facts = { task: task('ci_failed'), session: null, pullRequest: red };
  expect(inboxEntry(facts)?.text).toBe('Checks of "T" failed: e2e, lint.');
  expect(inboxEntry({ ...facts, pullRequest: null })?.text).toBe('Checks of "T" failed.');
});

test('what waits says its reason and its remedy', () => {
  const facts = { task: task('pending', 'setup failed'), session: null, pullRequest: null };
  const remedy = '`claustre retry 12` runs it again.';
  const wait = { kind: 'setup_failed', text: 'setup failed', until: null, remedy } as const;
  expect(why(facts, wait, 'It ended with exit code 3.')).toBe(
    `#12 waits: setup failed. It ended with exit code 3. ${remedy}`,
  );
  const slot = { ...wait, kind: 'slot', text: 'no free slot', remedy: null } as const;
  const free = { ...facts, task: task('pending') };
  // An old failure is no reason of what it waits for now.
  expect(why(free, slot, 'It ended with exit code 3.')).toBe('#12 waits: no free slot.');
  expect(why(free, null)).toBe('#12 is ready and starts at once.');
  const byHand = { ...wait, kind: 'supervised', text: 'for you to launch' } as const;
  expect(why({ ...free, task: { ...free.task, mode: 'supervised' } }, byHand)).toBe(
    '#12 is ready; nothing but a launch is missing.',
  );
});

test('a start that failed is in the inbox where nobody watched it', () => {
  const failed = { ...task('pending'), held: 'launch failed' };
  const facts = { session: null, pullRequest: null };
  expect(inboxEntry({ ...facts, task: { ...failed, mode: 'autonomous' } })).toMatchObject({
    ...{ kind: 'error', task: 12 },
    text: '"T" could not be launched; claustre why 12 says why.',
  });
  expect(inboxEntry({ ...facts, task: { ...failed, mode: 'supervised' } })).toBeNull();
});

test('what Claude asks comes with the command that answers it', () => {
  const facts = {
    task: task('working'),
    session: session('permission', 'Bash: ls'),
    pullRequest: null,
  };
  expect(why(facts, null)).toBe(
    '#12 needs you: Bash: ls. `claustre answer 12` says yes, with --deny no.',
  );
});

describe('a usage limit', () => {
  const now = new Date(2026, 10, 20, 14, 0).getTime();
  const until = (minutes: number) => [
    { window: 'five_hour', usedPercent: 100, resetsAt: now + minutes * 60_000, readAt: now - 1 },
  ];
  const facts = (mode: 'autonomous' | 'supervised', minutes: number) => ({
    ...{ task: { ...task('working'), mode }, session: session('limited'), pullRequest: null },
    ...{ limits: until(minutes), now },
  });

  test('says until when it holds, and who goes on then', () => {
    expect(why(facts('autonomous', 30), null)).toBe(
      '#12 is held: usage limit until 14:30. It goes on by itself then.',
    );
    expect(why(facts('supervised', 30), null)).toContain('claustre send 12 continue');
  });

  test('that is over is a matter of the person who drives', () => {
    expect(inboxEntry(facts('supervised', 30))).toBeNull();
    expect(inboxEntry(facts('supervised', 0))?.kind).toBe('limited');
    expect(inboxEntry(facts('autonomous', 0))).toBeNull();
  });
});

describe('an attempt', () => {
  const none = { pullRequest: null };

  test('that was stopped says why and what lets it go on', () => {
    const errorText = 'It was stopped: $2.00 of $1 are used. More money lets it go on.';
    const stopped = { ...task('interrupted', 'budget'), errorText };
    expect(inboxEntry({ task: stopped, session: session('ended'), ...none })).toMatchObject({
      ...{ kind: 'budget', text: errorText },
    });
    const looped = { ...stopped, held: 'looped' };
    expect(inboxEntry({ task: looped, session: null, ...none })?.kind).toBe('alarm');
  });

  test('that seems to run in circles is told while it works', () => {
    const alarm = 'the same call again and again: Bash: ls';
    const circles = { ...session('working'), alarm };
    expect(inboxEntry({ task: task('working'), session: circles, ...none })).toMatchObject({
      ...{ kind: 'alarm', text: `Claude may run in circles in "T": ${alarm}.` },
    });
  });
});
