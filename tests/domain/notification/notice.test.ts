import { describe, expect, test } from 'vitest';
import { INBOX_KINDS, type InboxEntry } from '#domain/inbox.ts';
import { type Circumstances, compareNotices, isTold } from '#domain/notification/notice.ts';

const SINCE = '2026-01-01T12:00:00.000Z';
const entry = (more: Partial<InboxEntry> = {}): InboxEntry => ({
  ...{ kind: 'permission', task: 4, since: SINCE, text: 'Bash: npm test' },
  ...more,
});
const LATER = '2026-01-01T12:00:05.000Z';

describe('an episode', () => {
  test('begins with what is not known yet, and is over when it is gone', () => {
    const waits = entry();
    expect(compareNotices([], [waits])).toEqual({ begun: [waits], over: [] });
    expect(compareNotices([waits], [waits])).toEqual({ begun: [], over: [] });
    expect(compareNotices([waits], [])).toEqual({ begun: [], over: [waits] });
  });

  test.each(['permission', 'question', 'plan'] as const)('of a %s is another one later', (kind) => {
    const [before, after] = [entry({ kind }), entry({ kind, since: LATER })];
    expect(compareNotices([before], [after])).toEqual({ begun: [after], over: [before] });
  });

  test.each(
    INBOX_KINDS.filter((kind) => !['permission', 'question', 'plan', 'comments'].includes(kind)),
  )('of "%s" stays the same one when only its time moves', (kind) => {
    const [before, after] = [entry({ kind }), entry({ kind, since: LATER })];
    expect(compareNotices([before], [after])).toEqual({ begun: [], over: [] });
  });

  test('of which only the kind becomes known later is the same one', () => {
    const after = entry({ kind: 'question', text: 'Which one?' });
    expect(compareNotices([entry()], [after])).toEqual({ begun: [], over: [] });
  });

  test('is that of one task and kind', () => {
    const others = [entry({ task: 5 }), entry({ kind: 'error' })];
    expect(compareNotices([entry()], others).begun).toEqual(others);
  });
});

describe('a person is told', () => {
  const usual: Circumstances = {
    ...{ enabled: true, events: INBOX_KINDS, watched: new Set<number>() },
    now: Date.parse(SINCE) + 1_000,
  };

  test.each<[string, Partial<Circumstances>, boolean]>([
    ['of what has just begun', {}, true],
    ['never while it is switched off', { enabled: false }, false],
    ['of no kind that is not wanted', { events: ['error'] }, false],
    ['of no session that somebody looks at', { watched: new Set([4]) }, false],
    ['of another one that somebody looks at', { watched: new Set([5]) }, true],
    ['of nothing old', { now: Date.parse(SINCE) + 600_000 }, false],
  ])('%s', (_, more, told) => {
    expect(isTold(entry(), { ...usual, ...more })).toBe(told);
  });
});
