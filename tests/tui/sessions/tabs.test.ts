import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { otherSession, placeTabs, SEPARATOR, type Tab, tabAt, tabsOf } from '#tui/sessions/tabs.ts';
import { createView, settle } from '#tui/view.ts';
import { cells } from '#tui/widgets/fit.ts';
import { aSession } from '../../support/builders.ts';
import { aRow, aSnapshot, projectNamed } from '../../support/snapshots.ts';

const tab = (taskId: number, label: string): Tab => ({ taskId, label, asks: false });
const tabs = (count: number, length = 30): Tab[] =>
  Array.from({ length: count }, (_, index) =>
    tab(index + 1, `● #${index + 1} `.padEnd(length, 'x')),
  );

describe('the tabs', () => {
  test('are those of all projects, oldest session first, with sign, number and title', () => {
    const activity = (name: 'idle' | 'permission') =>
      ({ name, source: 'hook', since: 0, detail: null }) as const;
    const snapshot = aSnapshot({
      projects: [projectNamed(1, 'one'), projectNamed(2, 'two')],
      tasks: [
        aRow(1, { status: 'working', title: 'First' }),
        aRow(2, { projectId: 2, status: 'working', title: 'A\u001B[31m\nB' }),
      ],
      sessions: new Map([
        [2, aSession({ taskId: 2, activity: activity('permission') })],
        [1, aSession({ taskId: 1, activity: activity('idle') })],
      ]),
    });
    expect(tabsOf(snapshot)).toEqual([
      { taskId: 2, label: '◆! #2 A B', asks: true },
      { taskId: 1, label: '○ #1 First', asks: false },
    ]);
    expect(tabsOf(snapshot)).toBe(tabsOf(snapshot));
  });

  test('stand whole beside each other where there is room', () => {
    const placed = placeTabs([tab(1, '● #1 One'), tab(2, '○ #2 Two')], 2, 80);
    expect(placed).toMatchObject({ left: false, right: false });
    expect(placed.tabs.map(({ x, text }) => [x, text])).toEqual([
      [1, '● #1 One'],
      [12, '○ #2 Two'],
    ]);
  });

  test('are cut to the same length, and a short one gives away what it does not need', () => {
    const placed = placeTabs([tab(1, '● #1 x'), ...tabs(3, 60).slice(1)], 1, 60);
    expect(placed.tabs.map(({ text }) => cells(text))).toEqual([6, 23, 23]);
    expect(placed.tabs[1]?.text.endsWith('…')).toBe(true);
  });

  test('become a window around the selected one when less than twelve cells of each were left', () => {
    for (const selected of [1, 10, 20]) {
      const placed = placeTabs(tabs(20), selected, 80);
      expect(placed.tabs.map(({ taskId }) => taskId)).toContain(selected);
      expect(placed).toMatchObject({ left: selected > 1, right: selected < 20 });
    }
    expect(placeTabs(tabs(20), null, 80).tabs[0]?.taskId).toBe(1);
  });

  test('never overlap, never leave the row, and are found where they stand', () => {
    const labels = fc.array(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' })), {
      minLength: 1,
      maxLength: 40,
    });
    void fc.assert(
      fc.property(
        labels,
        fc.integer({ min: 72, max: 250 }),
        fc.nat(45),
        (texts, width, selected) => {
          const all = texts.map((text, index) => tab(index + 1, `● #${index + 1} ${text}`));
          const placed = placeTabs(all, selected, width);
          let x = 0;
          for (const each of placed.tabs) {
            expect(each.x).toBeGreaterThan(x);
            expect(tabAt(placed, each.x)).toBe(each.taskId);
            expect(tabAt(placed, each.x - 1)).toBeNull();
            x = each.x + cells(each.text) + SEPARATOR.length - 1;
          }
          const end = x - SEPARATOR.length + 1;
          expect(end).toBeLessThan(placed.right ? width - 1 : width);
        },
      ),
    );
  });
});

describe('the next and the previous session', () => {
  const snapshot = aSnapshot({
    projects: [projectNamed(1, 'one'), projectNamed(2, 'two')],
    tasks: [aRow(1), aRow(2), aRow(3, { projectId: 2 }), aRow(4, { projectId: 2 })],
    sessions: new Map([2, 3, 4].map((taskId) => [taskId, aSession({ taskId })])),
  });
  const at = (taskId: number) =>
    settle({ ...createView({ columns: 100, rows: 30 }, 0), taskId }, snapshot);

  test('go round all projects', () => {
    let view = at(2);
    const seen: unknown[] = [];
    for (const by of [1, 1, 1, -1] as const) {
      view = settle(otherSession(view, snapshot, by) ?? view, snapshot);
      seen.push([view.projectId, view.taskId]);
    }
    expect(seen).toEqual([
      [2, 3],
      [2, 4],
      [1, 2],
      [2, 4],
    ]);
  });

  test('are the first and the last from a task without a session, and none where none is open', () => {
    expect(otherSession(at(1), snapshot, 1)?.taskId).toBe(2);
    expect(otherSession(at(1), snapshot, -1)?.taskId).toBe(4);
    expect(otherSession(at(1), aSnapshot(), 1)).toBeNull();
  });
});
