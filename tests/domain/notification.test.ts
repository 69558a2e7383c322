import { describe, expect, test } from 'vitest';
import {
  type Circumstances,
  commandFor,
  compareNotices,
  fillTemplate,
  isTold,
  messageOf,
  splitWords,
} from '#domain/notification.ts';
import { INBOX_KINDS, type InboxEntry } from '#domain/why.ts';

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

  test.each(INBOX_KINDS.filter((kind) => !['permission', 'question', 'plan'].includes(kind)))(
    'of "%s" stays the same one when only its time moves',
    (kind) => {
      const [before, after] = [entry({ kind }), entry({ kind, since: LATER })];
      expect(compareNotices([before], [after])).toEqual({ begun: [], over: [] });
    },
  );

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

describe('what is told', () => {
  const task = { id: 4, title: 'Fix\u001B[31m the\u202E parser\n' };

  test('is one line without control characters', () => {
    expect(messageOf(entry(), task, { name: 'app' })).toEqual({
      task: '#4 Fix [31m the  parser',
      project: 'app',
      kind: 'permission',
      text: '#4 asks permission: Bash: npm test',
    });
    const plan = entry({ kind: 'plan', text: 'A\nB' });
    expect(messageOf(plan, task, { name: 'app' }).text).toBe('#4 shows a plan: A B');
    const error = entry({ kind: 'error', text: '"Fix" ended in an error.' });
    expect(messageOf(error, task, { name: 'app' }).text).toBe('#4 "Fix" ended in an error.');
  });

  const message = { task: '#4 {kind} $(x)', project: 'app', kind: 'plan', text: "it's; {text}" };

  test('fills a template once: what is filled in is never read again', () => {
    const filled = fillTemplate('{project}/{task}: {text} {nothing}', message);
    expect(filled).toBe("app/#4 {kind} $(x): it's; {text} {nothing}");
  });

  test('is the last argument of a command, or where its placeholders are', () => {
    const template = '{project}: {text}';
    expect(commandFor(['say', '-v', 'Anna'], template, message)).toEqual([
      ...['say', '-v', 'Anna', "app: it's; {text}"],
    ]);
    expect(commandFor(['curl', '-d', '{task}', 'https://x'], template, message)).toEqual([
      ...['curl', '-d', '#4 {kind} $(x)', 'https://x'],
    ]);
    // The program itself is never made of a message.
    expect(commandFor(['{task}'], template, message)[0]).toBe('{task}');
  });
});

test.each<[string, string[] | null]>([
  ['say -v Anna', ['say', '-v', 'Anna']],
  ['  a\tb  ', ['a', 'b']],
  [`sh -c 'echo "$1"' x ""`, ['sh', '-c', 'echo "$1"', 'x', '']],
  [`pre"fix "end`, ['prefix end']],
  ['$HOME `id` ; rm', ['$HOME', '`id`', ';', 'rm']],
  ['', []],
  ['say "open', null],
])('the words of %j are %j', (line, words) => {
  expect(splitWords(line)).toEqual(words);
});
