import { expect, test } from 'vitest';
import { ACTIVITIES } from '#domain/activity.ts';
import { CHECK_VERDICTS } from '#domain/pull-request/pull-request.ts';
import { TURN_HOLDERS } from '#domain/pull-request/turn.ts';
import { TASK_STATUSES } from '#domain/task.ts';
import { activitySign, checkSign, statusSign, turnSign } from '#format/status.ts';
import { columnsOf } from '#format/text.ts';

const STATUSES = TASK_STATUSES.map(statusSign);
const ALL = [
  ...STATUSES,
  ...ACTIVITIES.map((activity) => activitySign(activity)),
  activitySign('ended', true),
  ...CHECK_VERDICTS.map(checkSign),
  checkSign(null),
  ...TURN_HOLDERS.map(turnSign),
  turnSign(null),
];

test.each(ALL)('the symbol of "$label" is one column wide', ({ symbol }) => {
  expect(columnsOf(symbol)).toBe(1);
  // What may be drawn as an emoji is two columns wide in some terminals.
  expect(symbol).not.toMatch(/\p{Emoji_Presentation}/u);
});

test('no two statuses look the same', () => {
  expect(new Set(STATUSES.map(({ symbol }) => symbol)).size).toBe(STATUSES.length);
});

test('checks of which nothing is known are not shown as none', () => {
  expect(checkSign(null).label).toBe('checks unknown');
  expect(checkSign('none').label).toBe('no checks');
});
