import { describe, expect, test } from 'vitest';
import type { TaskRow } from '#app.ts';
import { taskLine } from '#tui/panels/task-line.ts';
import { PLAIN_THEME } from '#tui/theme.ts';
import { cells } from '#tui/widgets/fit.ts';
import { NOW } from '../../support/dashboard.tsx';
import { aRow, troubleSnapshot } from '../../support/snapshots.ts';

const snapshot = troubleSnapshot();

function line(id: number, width: number, selected = false, changes: Partial<TaskRow> = {}) {
  const task = { ...(snapshot.tasks.find((each) => each.id === id) ?? aRow(id)), ...changes };
  const spans = taskLine(task, {
    snapshot,
    theme: PLAIN_THEME,
    width,
    idWidth: 3,
    wordWidth: 11,
    selected,
    focused: true,
    now: NOW,
  });
  return spans.map(({ text }) => text).join('');
}

describe('a row of the queue', () => {
  test('says status, number, title, steps and what Claude asks', () => {
    expect(line(1, 100, true)).toBe(
      '▸ ● working     #1  Fix the parser at the end of input      ◆ permission: Bash: npm run build  (1/3)',
    );
  });

  test('has the sign of what needs a person, and only there', () => {
    expect(line(1, 60)).toContain('◆ permission');
    for (const id of [4, 5, 7]) expect(line(id, 100)).not.toContain('◆');
  });

  test('says why a task waits', () => {
    expect(line(5, 80)).toMatch(/☐ pending +#5 .* after #1, #2$/);
    expect(line(4, 80)).toMatch(/held: killed$/);
  });

  test('says checks and pull request', () => {
    expect(line(9, 80)).toMatch(/⊘ CI failed +#9 .* ✗ CI {2}PR #49$/);
  });

  test('says a priority that somebody chose, unless the task is done', () => {
    expect(line(4, 80, false, { priority: 0 })).toContain('#4  P0 Upgrade to Node 24');
    expect(line(4, 80, false, { priority: 3 })).toContain('#4  P3 Upgrade');
    expect(line(7, 80, false, { priority: 0 })).not.toContain('P0');
  });

  test('says what Claude does where there is room for it', () => {
    expect(line(2, 120)).toMatch(/Add dark mode to the settings page +Bash: npm test$/);
    expect(line(2, 109)).not.toContain('npm test');
    expect(line(1, 120)).toContain('permission: Bash: npm run build');
  });

  test('shows nothing that could move the cursor', () => {
    expect(line(14, 120)).toContain('Anasty title with control characters');
  });

  test('has exactly its width, whatever the title and the size', () => {
    const titles = ['日本語のとても長いタイトル'.repeat(9), '👨‍👩‍👧'.repeat(40), '', 'a'];
    for (const title of titles) {
      for (let width = 36; width <= 200; width += 7) {
        for (const id of [1, 5, 9, 14]) expect(cells(line(id, width, true, { title }))).toBe(width);
      }
    }
  });

  test('says the reason in its short form before a piece of it, and before other marks', () => {
    expect(line(1, 56)).toMatch(/ {2}◆ permission$/);
    expect(line(10, 60)).toMatch(/ {2}◆ question {2}/);
    expect(line(9, 52)).toMatch(/ {2}◆ failed: lint$/);
  });

  test('gives the title all the room that nothing else needs', () => {
    const title = 'A title that is exactly as long as it must be';
    expect(line(2, 21 + title.length, false, { title })).toContain(title);
  });

  test('keeps the title readable where there is little room', () => {
    expect(line(1, 52)).toContain('Fix the parser at');
  });
});
