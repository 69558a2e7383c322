import { expect, test } from 'vitest';
import { type AlarmFacts, alarmOf } from '#domain/claude/alarm.ts';
import { aSession } from '../../support/builders.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const MINUTE = 60_000;
const call = { key: 'k', text: 'Bash: npm test', times: 8, at: NOW - MINUTE };
const nothing = { freshTokens: 0, committedAt: null, repeated: null };
const working = aSession({
  activity: { name: 'working', source: 'hook', since: NOW - 59 * MINUTE, detail: null },
  promptedAt: NOW - 59 * MINUTE,
});
const facts = (more: Partial<AlarmFacts> = {}): AlarmFacts => ({
  task: { mode: 'autonomous' },
  session: working,
  doing: { text: 'Bash: npm test', since: NOW - MINUTE },
  headway: nothing,
  settings: { sameCalls: 8, tokens: 500_000, minutes: 60 },
  now: NOW,
  ...more,
});
const many = { ...nothing, freshTokens: 500_000 };
const again = { ...nothing, repeated: call };
const off = { sameCalls: 0, tokens: 0, minutes: 0 };
const resting = { ...working, activity: { ...working.activity, name: 'idle' as const } };

test.each<[string, AlarmFacts, string | null]>([
  ['all is well', facts(), null],
  ['eight times', facts({ headway: again }), 'the same call again and again: Bash: npm test'],
  ['seven times', facts({ headway: { ...nothing, repeated: { ...call, times: 7 } } }), null],
  [
    'before the prompt',
    facts({ headway: { ...nothing, repeated: { ...call, at: NOW - 60 * MINUTE } } }),
    null,
  ],
  ['many tokens', facts({ headway: many }), '500k tokens without a changed file'],
  ['many tokens of an earlier prompt', facts({ headway: many, doing: null }), null],
  ['an hour', facts({ now: NOW + MINUTE }), '60 minutes of work without a commit'],
  [
    'an hour with a commit in it',
    facts({ now: NOW + MINUTE, headway: { ...nothing, committedAt: NOW } }),
    null,
  ],
  ['an exploration', facts({ task: { mode: 'exploration' }, headway: many }), null],
  ['one that rests', facts({ headway: again, session: resting }), null],
  ['switched off', facts({ headway: { ...many, repeated: call }, settings: off }), null],
])('%s', (_, given, alarm) => {
  expect(alarmOf(given)).toBe(alarm);
});
