import { describe, expect, test } from 'vitest';
import type { TaskRow } from '#app.ts';
import { factsOf, sessionLines } from '#tui/panels/session-lines.ts';
import { PLAIN_THEME } from '#tui/theme.ts';
import type { Spans } from '#tui/widgets/line.tsx';
import { NOW } from '../../support/dashboard.tsx';
import { aRow, troubleSnapshot } from '../../support/snapshots.ts';

const snapshot = troubleSnapshot();
const text = (spans: Spans) => spans.map((each) => each.text).join('');

function lines(id: number, changes: Partial<TaskRow> = {}, width = 110): string[] {
  const task = { ...(snapshot.tasks.find((each) => each.id === id) ?? aRow(id)), ...changes };
  return sessionLines(factsOf(snapshot, task), width, NOW, PLAIN_THEME).map(text);
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

  test('say why the work needs a person beside what Claude does', () => {
    expect(lines(9)[1]).toMatch(/^○ idle · failed: lint +hook/);
    expect(lines(4)[1]).toBe('waits: held: killed');
    expect(lines(11)[1]).toBe('no session: ended in an error');
    expect(lines(30, { status: 'in_review', push: 'local' })[1]).toBe('no session: ready to merge');
  });

  test('say progress, tokens, cost and context', () => {
    expect(lines(1)[3]).toMatch(
      /^todos 1\/2 ● Fix the edge case at the end of input +123k in 7\.9k out · \$1\.42 · context 34%$/,
    );
  });

  test('say – for what is not known, never 0', () => {
    expect(lines(4)[3]).toMatch(/– in – out · – · context –$/);
  });

  test('say what is known of the pull request and since when it is stale', () => {
    expect(lines(3)[2]).toMatch(
      /^PR #43 open · checks passed · review required · mergeable +read \d\d:\d\d$/,
    );
    expect(lines(3, {}, 52)[2]).toMatch(/^PR #43 ✓ CI · needs review · mergeable +read \d\d:\d\d$/);
    expect(lines(10)[2]).toMatch(/conflicting +stale since \d\d:\d\d$/);
    expect(lines(1)[2]).toBe('no pull request');
  });

  test('are four rows for every task, so that nothing below jumps', () => {
    for (const { id } of snapshot.tasks) expect(lines(id)).toHaveLength(4);
  });
});
