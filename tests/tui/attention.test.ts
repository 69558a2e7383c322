import { describe, expect, test } from 'vitest';
import { attentionOf, needsYou, noteOf } from '#tui/attention.ts';
import { aRow, fullSnapshot, troubleSnapshot } from '../support/snapshots.ts';

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
  [3, null, false],
  [4, 'held: killed', false],
  [5, 'after #1, #2', false],
  [12, 'lost: the pane is gone', true],
  [13, 'setup failed', true],
  [14, 'limited: resets 14:30', true],
])('the note of task #%i is %j', (id, text, asks) => {
  const snapshot = troubleSnapshot();
  const note = noteOf(snapshot.tasks.find((each) => each.id === id) ?? aRow(0), snapshot);
  expect(note).toEqual(text === null ? null : { text, asks });
});
