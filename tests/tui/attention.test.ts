import { describe, expect, test } from 'vitest';
import type { TaskRow } from '#app.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Wait } from '#domain/queue/wait.ts';
import { attentionOf, needsYou, noteOf } from '#tui/attention.ts';
import { NOW } from '../support/dashboard.tsx';
import { queueSnapshot } from '../support/queue-snapshot.ts';
import { failing } from '../support/reading.ts';
import { activity, aRow, fullSnapshot, sessionOf, troubleSnapshot } from '../support/snapshots.ts';

describe('what needs a person', () => {
  test('is counted for each project', () => {
    const counts = attentionOf(fullSnapshot());
    expect(counts.get(1)).toBeGreaterThan(0);
    expect(counts.get(2)).toBeUndefined();
  });

  test.each([
    [1, true],
    [2, false],
    [7, false],
    [6, false],
    [9, true],
    [10, true],
    [11, true],
    [12, true],
    [13, true],
  ])('task #%i: %s', (id, expected) => {
    const snapshot = troubleSnapshot();
    const task = snapshot.tasks.find((each) => each.id === id) ?? aRow(0);
    expect(needsYou(task, snapshot)).toBe(expected);
  });
});

test.each([
  [1, 'permission: Bash: npm run build', true],
  [3, 'ready to merge', true],
  [4, 'held: killed', false],
  [5, 'after #1, #2', false],
  [12, 'lost: the pane is gone', true],
  [13, 'setup failed', true],
  [14, 'usage limit until 1 Jan 2100 00:00', true],
])('the note of task #%i is %j', (id, text, asks) => {
  const snapshot = troubleSnapshot();
  const note = noteOf(snapshot.tasks.find((each) => each.id === id) ?? aRow(0), snapshot, NOW);
  expect(note === null ? null : { text: note.text, asks: note.asks }).toEqual(
    text === null ? null : { text, asks },
  );
});

test('every row that needs a person says the reason in words', () => {
  const { pullRequests, ...snapshot } = troubleSnapshot();
  const request = pullRequests.get(3);
  if (request === undefined) throw new Error('no pull request');
  const note = (changes: Partial<TaskRow>, pullRequest?: Partial<PullRequest>) => {
    const known = pullRequest && new Map([[20, { ...request, ...pullRequest }]]);
    return noteOf(aRow(20, changes), { ...snapshot, pullRequests: known ?? new Map() }, NOW);
  };
  const asks = { asks: true };
  expect(note({ status: 'in_review', push: 'local' })).toMatchObject({
    ...asks,
    text: 'ready to merge',
  });
  expect(note({ status: 'in_review' }, { review: 'approved' })?.text).toBe('ready to merge');
  expect(note({ status: 'in_review' }, { checks: 'pending' })).toMatchObject({
    ...{ asks: false, text: 'checks: running', short: 'checks', sign: '⟳' },
  });
  expect(note({ status: 'in_review' }, { checks: 'attention' })).toMatchObject({
    ...{ ...asks, text: 'checks need a person', short: 'checks need a person' },
  });
  expect(note({ status: 'ci_failed' }, { checkRuns: failing('lint', 'e2e') })?.short).toBe(
    'failed: e2e',
  );
  expect(note({ status: 'in_review' }, { state: 'closed' })?.text).toMatch(/closed unmerged/);
  expect(note({ status: 'conflict' }, { base: 'main' })?.text).toBe('conflicts with main');
  expect(note({ status: 'ci_failed' }, { checkRuns: failing('lint') })?.text).toBe('failed: lint');
  expect(note({ status: 'error' })?.text).toBe('ended in an error');
  const errorText = 'gate test fails';
  // Wide rows cut it behind its short form.
  expect(note({ status: 'error', errorText })).toMatchObject({
    ...{ text: 'failed: gate test fails', short: 'failed' },
  });
  expect(note({ status: 'interrupted' })?.text).toBe('session ended');
});

test.each(['lost', 'limited'] as const)(
  'of a task in review whose session is %s the row says whose turn it is',
  (name) => {
    const snapshot = troubleSnapshot();
    const sessions = new Map([sessionOf(9, activity(name, 'the pane is gone'))]);
    const task = snapshot.tasks.find(({ id }) => id === 9) ?? aRow(0);
    expect(noteOf(task, { ...snapshot, sessions }, NOW)).toMatchObject({ short: 'failed: lint' });
    const working = { ...task, status: 'working' } as const;
    expect(noteOf(working, { ...snapshot, sessions }, NOW)).toMatchObject({ short: name });
  },
);

test('a pending task says what the queue waits for, and less of it where there is little room', () => {
  const now = NOW;
  const note = (snapshot: ReturnType<typeof queueSnapshot>, id: number) =>
    noteOf(snapshot.tasks.find((each) => each.id === id) ?? aRow(0), snapshot, now);
  const runs = queueSnapshot();
  expect(note(runs, 3)).toEqual({
    text: 'no free slot: #1 and #2 work (2 of 2)',
    short: 'no free slot',
    asks: false,
  });
  expect(note(runs, 4)?.short).toBe('after #3');
  expect(note(runs, 5)?.short).toBe('held: killed');
  const said = (wait: Partial<Wait> & Pick<Wait, 'kind' | 'text'>) => {
    const budgetWaits = new Map([[3, { until: null, remedy: null, ...wait }]]);
    return note(queueSnapshot({ sessions: new Map(), budgetWaits }), 3)?.short;
  };
  expect(said({ kind: 'at', text: 'every Mon 09:00, next Mon 23 09:00', until: now })).toMatch(
    /^at \d\d:\d\d$/,
  );
  expect(said({ kind: 'limit', text: '92 % used; yours', until: now })).toMatch(/^limit until \d/);
  expect(said({ kind: 'limit', text: 'reset' })).toBe('usage limit');
  expect(said({ kind: 'after', text: 'after #4, #5; #9 is in error' })).toBe('#9 is in error');
  expect(said({ kind: 'after', text: 'after #4, which is in error' })).toBe('#4 is in error');
  expect(said({ kind: 'after', text: 'after #4, #5 merged' })).toBe('after #4, #5 merged');
  expect(said({ kind: 'skipped', text: 'skipped: #4 is in error' })).toBe('skipped');
  // A supervised one only waits for the person.
  expect(note(runs, 6)).toBeNull();
  expect(note(runs, 7)?.text).toBe('the queue of docs is paused');
  const pause = { pausedAt: new Date(now).toISOString(), pauseReason: 'release' };
  expect(note(queueSnapshot({ queue: pause }), 3)).toMatchObject({
    text: 'everything is paused: release',
    short: 'paused',
  });
  // With a slot free it starts: nothing is to be said.
  expect(note(queueSnapshot({ sessions: new Map() }), 3)).toBeNull();
});
