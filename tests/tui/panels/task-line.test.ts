import { describe, expect, test } from 'vitest';
import type { TaskRow } from '#app.ts';
import { taskLine } from '#tui/panels/task-line.ts';
import { PLAIN_THEME } from '#tui/theme.ts';
import { cells } from '#tui/widgets/fit.ts';
import { aGateRun } from '../../support/builders.ts';
import { NOW } from '../../support/dashboard.tsx';
import { fixingSnapshot } from '../../support/fixing-snapshot.ts';
import { reviewSnapshot } from '../../support/review-snapshot.ts';
import { aRow, troubleSnapshot } from '../../support/snapshots.ts';

const snapshot = troubleSnapshot();

function line(
  id: number,
  width: number,
  selected = false,
  changes: Partial<TaskRow> = {},
  shown = snapshot,
) {
  const task = { ...(snapshot.tasks.find((each) => each.id === id) ?? aRow(id)), ...changes };
  const spans = taskLine(task, {
    snapshot: shown,
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
    expect(line(9, 80)).toMatch(/⊘ CI failed +#9 .* ◆ failed: lint {2}PR #49$/);
  });

  test('says which gates are red, and that a task changes its gates', () => {
    const red = aGateRun({ taskId: 2, gate: 'lint', outcome: 'failed', headCommit: 'head' });
    const marked = (head: string, why: string) => {
      const known = snapshot.progress.get(2);
      const work = known?.work == null ? null : { ...known.work, head };
      const progress = { work, risks: [{ path: 'x', why }], doing: null };
      const more = {
        gateRuns: new Map([[2, [aGateRun({ taskId: 2 }), red]]]),
        progress: new Map([[2, progress]]),
      };
      return line(2, 100, false, {}, { ...snapshot, ...more });
    };
    expect(marked('head', 'changes the gates')).toContain('✗ lint');
    expect(marked('after', 'changes the gates')).toContain('changes gates');
    expect(marked('after', 'is big')).not.toMatch(/lint|gates/);
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

describe('a row of a task in review', () => {
  const review = reviewSnapshot();
  const row = (id: number, width = 130): string => {
    const task = review.tasks.find((each) => each.id === id) ?? aRow(id);
    const shown = { idWidth: 3, wordWidth: 9, selected: false, focused: true, now: NOW };
    return taskLine(task, { snapshot: review, theme: PLAIN_THEME, width, ...shown })
      .map(({ text }) => text)
      .join('');
  };

  test.each([
    [2, /◆ conflicts with main {2}↓1 {2}✓ CI {2}PR #42 ✓1 ❝1$/],
    [3, /◆ a draft to mark ready {2}↓2 {2}✓ CI {2}PR #43$/],
    [4, /◆ ready to merge {2}✗ CI optional {2}PR #44$/],
    [7, /◆ changes requested by eve {2}≈ #13 {2}✓ CI {2}PR #47 ❝3$/],
    [8, /⇒ GitHub: in the merge queue {2}↓1 {2}✓ CI {2}PR #48 ✓1$/],
    [10, /\? not read since \d\d:\d\d {2}✓ CI {2}PR #50$/],
    [12, /⟳ checks: 2 of 3 ended {2}↓2 {2}PR #52$/],
    [13, /◇ reviewers: waits for a review {2}on #6 {2}≈ #7 {2}✓ CI {2}PR #53$/],
    [14, /● Claude: fixes lint {2}fix 2\/5 {2}↓1 {2}PR #54$/],
  ])('#%i says whose turn it is and what else matters', (id, end) => {
    expect(row(id)).toMatch(end);
  });

  test('a stacked one says that the task below it has newer commits, was merged, or ended', () => {
    const below = review.pullRequests.get(6);
    if (below === undefined) throw new Error('There is no pull request of #6.');
    const says = (changes: Partial<typeof below>): string => {
      review.pullRequests.set(6, { ...below, ...changes });
      return row(13, 160);
    };
    expect(says({ headCommit: 'd'.repeat(40) })).toContain('on #6, behind it');
    expect(says({ state: 'merged' })).toContain('on #6, which was merged');
    expect(says({ state: 'closed' })).toContain('on #6, which ended');
    expect(says({})).toMatch(/on #6 {2}/);
  });

  test('leaves out the least telling first', () => {
    expect(row(2, 78)).toMatch(/◆ conflicts/);
    expect(row(2, 78)).not.toContain('↓1');
    expect(row(10, 60)).toMatch(/\? stale 24 min {2}/);
    expect(row(4, 52)).toMatch(/◆ ready/);
  });

  const fixing = fixingSnapshot();
  const narrow = (id: number): string => {
    const task = fixing.tasks.find((each) => each.id === id) ?? aRow(id);
    const shown = { idWidth: 3, wordWidth: 9, selected: false, focused: true, now: NOW };
    return taskLine(task, { snapshot: fixing, theme: PLAIN_THEME, width: 56, ...shown })
      .map(({ text }) => text)
      .join('');
  };

  test.each([
    [1, /◆/, /● Claude: fix 2\/5$/],
    [2, /^$/, /◆ failed: lint$/],
    [5, /◆/, /● Claude: review$/],
    [7, /^$/, /◆ behind main( .*)?$/],
    [8, /^$/, /◆ 3 threads open( .*)?$/],
    [10, /◆/, /\? never read$/],
    [11, /◆/, /◇ reviewers {2}stale 4 min$/],
  ])('#%i says whose turn it is and why in 60 columns', (id, never, end) => {
    expect(narrow(id)).not.toMatch(never);
    expect(narrow(id)).toMatch(end);
  });

  test('ends no phrase in its middle that has a shorter form', () => {
    expect(row(9, 82)).toMatch(/⇒ auto-merge {2}/);
    expect(row(7, 82)).toMatch(/◆ changes wanted {2}/);
  });

  test('counts further overlaps, and has exactly its width', () => {
    const pair = review.overlaps[0];
    if (pair === undefined) throw new Error('There is none.');
    review.overlaps.push({ ...pair, otherId: 12 }, { ...pair, otherId: 11 });
    expect(row(7)).toContain('≈ #13 +2');
    for (let width = 36; width <= 200; width += 9) {
      for (let id = 1; id <= 14; id += 1) expect(cells(row(id, width))).toBe(width);
    }
  });
});
