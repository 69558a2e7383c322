import { describe, expect, test } from 'vitest';
import type { TaskRow } from '#app.ts';
import { factsOf, type SessionFacts, sessionLines } from '#tui/panels/session-lines.ts';
import { PLAIN_THEME } from '#tui/theme.ts';
import type { Spans } from '#tui/widgets/line.tsx';
import { NOW } from '../../support/dashboard.tsx';
import { reviewSnapshot } from '../../support/review-snapshot.ts';
import { aRow, troubleSnapshot } from '../../support/snapshots.ts';

const snapshot = troubleSnapshot();
const text = (spans: Spans) => spans.map((each) => each.text).join('');

function lines(id: number, changes: Partial<TaskRow> = {}, width = 109, rows = 5): string[] {
  const task = { ...(snapshot.tasks.find((each) => each.id === id) ?? aRow(id)), ...changes };
  return sessionLines(factsOf(snapshot, task, NOW), { width, rows }, NOW, PLAIN_THEME).map(text);
}

describe('the facts of a session', () => {
  test('say status, branch, what Claude does and who said so when', () => {
    const [status, activity] = lines(1);
    expect(status).toMatch(/^● working {2}task\/fix-the-login-00000000 → main .*supervised · pr$/);
    expect(activity).toMatch(/^! asks permission: Bash: npm run build +hook, \d\d:\d\d$/);
  });

  test('say no branch of a task that is done, since none will be made for it', () => {
    expect(lines(7)[0]).toMatch(/^✓ done {2}– → main/);
    expect(lines(4)[0]).toMatch(/^☐ pending {2}\(auto\) → main/);
  });

  test('say when a task was done and how long that took', () => {
    const completedAt = new Date(NOW - 60_000).toISOString();
    expect(lines(7, { completedAt })[1]).toMatch(/^done \d\d:\d\d$/);
    expect(lines(7)[1]).toBe('no session');
    const facts = factsOf(snapshot, aRow(70, { status: 'done', completedAt }), NOW);
    const usage = { inputTokens: null, outputTokens: null, costUsd: null, workedMs: 720_000 };
    const told = sessionLines({ ...facts, usage }, { width: 109, rows: 5 }, NOW, PLAIN_THEME);
    expect(told.map(text)[1]).toMatch(/^done \d\d:\d\d · worked 12m$/);
  });

  test('say why the work needs a person beside what Claude does', () => {
    expect(lines(9)[1]).toMatch(/^○ idle · failed: lint +hook/);
    expect(lines(4)[1]).toBe('waits: held: killed');
    expect(lines(11)[1]).toBe('no session: ended in an error');
    expect(lines(30, { status: 'in_review', push: 'local' })[1]).toBe('no session: ready to merge');
  });

  test('say why rather than who told of it', () => {
    expect(lines(9, {}, 30)[1]).toBe('○ idle · failed: lint'.padEnd(30));
  });

  test('say progress, tokens, cost and context', () => {
    expect(lines(1)[4]).toMatch(
      /^todos 1\/2 ● Fix the edge case at the end of input +123k in 7\.9k out · \$1\.42 · context 34%$/,
    );
  });

  test('say – for what is not known, never 0', () => {
    expect(lines(4)[4]).toMatch(/– in – out · – · context –$/);
  });

  test('say what is known of the pull request and since when it is stale', () => {
    expect(lines(3)[3]).toMatch(
      /^PR #43 open · checks passed · review required · mergeable +read \d\d:\d\d$/,
    );
    expect(lines(3, {}, 52)[3]).toMatch(/^PR #43 ✓ CI · needs review · mergeable +read \d\d:\d\d$/);
    expect(lines(3, {}, 40)[3]).toMatch(/^PR #43 ✓ CI · needs review +read \d\d:\d\d$/);
    expect(lines(10)[3]).toMatch(/conflicting +stale since \d\d:\d\d$/);
    expect(lines(1)[3]?.trim()).toBe('no pull request');
  });

  test('say for how long a turn goes on and what Claude does in it', () => {
    const facts = factsOf(snapshot, snapshot.tasks.find(({ id }) => id === 2) ?? aRow(2), NOW);
    const said = (more: Partial<SessionFacts>) =>
      sessionLines({ ...facts, ...more }, { width: 109, rows: 5 }, NOW, PLAIN_THEME)
        .map(text)[1]
        ?.replace(/ {2}.*/, '');
    const doing = { text: 'Bash: npm test', since: NOW };
    expect(said({})).toBe('● working 4m · Bash: npm test');
    expect(said({ progress: { work: null, risks: null, doing } })).toBe(
      '● working 4m · Bash: npm test',
    );
    expect(said({ progress: undefined })).toBe('● working 4m');
    const session = facts.session && { ...facts.session, promptedAt: NOW - 7_200_000 };
    expect(said({ session, progress: undefined })).toBe('● working 2h');
    const goesOn = session && { ...session, turnEndedAt: NOW - 3_600_000 };
    expect(said({ session: goesOn, progress: undefined })).toBe('● working 4m');
  });

  test('say how far the work and its base are apart, what changed, and when that was read', () => {
    expect(lines(2)[2]).toMatch(/^↓2 ↑3 · \+120 −8 in 5 files +read \d\d:\d\d$/);
    expect(lines(1)[2]).toBe('work –');
    expect(lines(4)[2]).toBe('no worktree');
  });

  test('are as many rows for every task, so that nothing below jumps', () => {
    for (const { id } of snapshot.tasks) {
      for (const width of [40, 80, 150]) {
        expect(lines(id, {}, width)).toHaveLength(5);
        expect(lines(id, {}, width, 4)).toHaveLength(4);
      }
    }
  });

  test('leave out the row of the work where each row counts, but not its numbers', () => {
    expect(lines(2, {}, 80, 4)[2]).toMatch(/^no pull request +↓2 ↑3 \+120 −8$/);
    expect(lines(3, {}, 80, 4)[2]).toMatch(/^PR #43 open · checks passed · .* mergeable *$/);
    expect(lines(10, {}, 80, 4)[2]).toMatch(/stale since \d\d:\d\d$/);
  });

  test("have Claude's list beside them where the panel is wide", () => {
    const rows = lines(1, {}, 150).map((row) => row.slice(98));
    expect(rows.map((row) => row.trim())).toEqual([
      'todos 1/2',
      '✓ Read the parser',
      '● Fix the edge case at the end of input',
      '',
      '',
    ]);
    expect(lines(1, {}, 150)[4]).toMatch(
      /^123k in 7\.9k out · \$1\.42 · context 34% · worked 12m /,
    );
    expect(lines(3, {}, 150)[0]).toMatch(/ {3}no tests were seen to run$/);
    expect(lines(2, {}, 150)[0]).toMatch(/ {3}no todos$/);
  });
});

describe('the facts of a task in review', () => {
  const review = reviewSnapshot();
  const shown = (id: number, width: number): string[] => {
    const task = review.tasks.find((each) => each.id === id) ?? aRow(id);
    return sessionLines(factsOf(review, task, NOW), { width, rows: 5 }, NOW, PLAIN_THEME).map(text);
  };

  test('say whose turn it is, tests, risky files, approvals and threads', () => {
    const [, turn, work, pullRequest, tests] = shown(6, 109);
    expect(turn).toMatch(/^○ idle · ready to merge /);
    expect(work).toMatch(/^↓2 ↑3 · \+120 −8 in 5 files · 1 risky: yarn.lock /);
    expect(pullRequest).toMatch(/^PR #46 open · checks passed · approved by ada \+1 · mergeable /);
    expect(tests).toMatch(/^✓ npm test passed \(42\), \d\d:\d\d /);
    expect(shown(7, 109)[3]).toContain('changes requested · 3 open threads');
    expect(shown(11, 109)[1]).toContain('○ idle · ◇ reviewers: waits for 2 reviewers');
    expect(shown(11, 109)[4]).toMatch(/^no tests seen /);
  });

  test('have the proof beside them where the panel is wide', () => {
    const lines = shown(6, 150);
    const column = lines.map((line) => line.slice(-52).trim());
    expect(column[0]).toMatch(/✓ npm test passed \(42\), \d\d:\d\d$/);
    expect(column[1]).toMatch(/1 risky: yarn.lock$/);
    expect(column[2]).toMatch(/Checks 2 passed$/);
    expect(column[3]).toMatch(/Reviews approved by ada, bob$/);
    expect(lines[2]).not.toContain('risky');
  });
});
