import { describe, expect, test } from 'vitest';
import type { Snapshot } from '#app.ts';
import type { Activity } from '#domain/activity.ts';
import { INBOX_KINDS } from '#domain/inbox.ts';
import { NOTICE_KINDS } from '#domain/notification/news.ts';
import { type BellOptions, createBell, terminalNotification } from '#tui/terminal/bell.ts';
import { createView, type View } from '#tui/view.ts';
import { aSession } from '../../support/builders.ts';
import { NOW } from '../../support/dashboard.tsx';
import { reviewSnapshot } from '../../support/review-snapshot.ts';
import { aRow, aSnapshot, projectNamed } from '../../support/snapshots.ts';

/** A project with two tasks, of which the named ones ask for something. */
function asking(...ids: number[]): Snapshot {
  const activity = (taskId: number): Activity => ({
    name: ids.includes(taskId) ? 'permission' : 'working',
    source: 'hook',
    since: NOW,
    detail: 'Bash: ls',
  });
  return aSnapshot({
    projects: [projectNamed(1, 'one')],
    tasks: [1, 2].map((id) => aRow(id, { status: 'working', title: 'A title' })),
    sessions: new Map(
      [1, 2].map((taskId) => [taskId, aSession({ taskId, activity: activity(taskId) })]),
    ),
  });
}

const VIEW = createView({ columns: 80, rows: 24 }, NOW);

function stage(more: Partial<BellOptions> = {}, first = asking()) {
  const written: string[] = [];
  const options = { enabled: true, events: INBOX_KINDS, words: false, environment: {}, ...more };
  const ring = createBell(
    (text) => written.push(text),
    first,
    () => NOW,
    options,
  );
  return {
    written,
    see: (snapshot: Snapshot, view: Partial<View> = {}) => ring(snapshot, { ...VIEW, ...view }),
  };
}

describe('the bell', () => {
  test('rings once for each that begins to wait, and not for what waited at the start', () => {
    const { written, see } = stage({}, asking(1));
    see(asking(1));
    see(asking(1, 2));
    see(asking(1, 2));
    see(asking());
    expect(written).toEqual(['\u0007']);
    see(asking(1, 2));
    expect(written).toEqual(['\u0007', '\u0007']);
  });

  test('is silent about what the person has under the hands, and rings for anything else', () => {
    const { written, see } = stage();
    see(asking(1), { taskId: 1, kept: [] });
    expect(written).toEqual([]);
    see(asking(1, 2), { taskId: 1, kept: [] });
    expect(written).toHaveLength(1);
    const idle = stage();
    idle.see(asking(1), { taskId: 1, kept: null });
    expect(idle.written).toHaveLength(1);
  });

  test('is silent while another program has the terminal, and when it is switched off', () => {
    const away = stage();
    away.see(asking(1), { away: true });
    away.see(asking(1));
    expect(away.written).toEqual([]);
    const off = stage({ enabled: false });
    off.see(asking(1));
    expect(off.written).toEqual([]);
  });

  test('comes with words where the desktop shows none', () => {
    const { written, see } = stage({ words: true });
    see(asking(1));
    expect(written).toEqual(['\u0007\u001B]9;one: #1 asks permission: Bash: ls\u0007']);
  });
});

test('the words of a notification are one sequence, whatever is in them', () => {
  const message = {
    task: '#1',
    project: 'a;b',
    kind: 'plan',
    text: 'x\u0007\u001B]52;c;!\u0007; y',
  };
  expect(terminalNotification(message, { TERM: 'xterm' })).toBe('\u001B]9;a;b: x; y\u0007');
  expect(terminalNotification(message, { VTE_VERSION: '7600' })).toBe(
    '\u001B]777;notify;a,b;x; y\u0007',
  );
});

describe('what happens to a delivery', () => {
  const snapshot = reviewSnapshot();
  const known = snapshot.pullRequests.get(11);
  if (known === undefined) throw new Error('There is no pull request.');
  const with11 = (changes: Partial<typeof known>): Snapshot => ({
    ...snapshot,
    pullRequests: new Map([...snapshot.pullRequests, [11, { ...known, ...changes }]]),
  });
  const withStatus = (before: Snapshot, status: 'working' | 'done' | 'in_review'): Snapshot => ({
    ...before,
    tasks: before.tasks.map((task) => (task.id === 11 ? { ...task, status } : task)),
  });

  test('rings once, also when Claude works on it again in between', () => {
    const { written, see } = stage({ events: NOTICE_KINDS, words: true }, snapshot);
    const approved = with11({ approvedBy: ['ada'] });
    see(approved);
    see(withStatus(approved, 'working'));
    see(approved);
    expect(written).toHaveLength(1);
    expect(written[0]).toContain('was approved by ada.');
    const mergedAt = new Date(NOW).toISOString();
    see(withStatus(with11({ state: 'merged', mergedAt }), 'done'));
    expect(written[1]).toContain('was merged into main.');
    expect(written).toHaveLength(2);
  });

  test('is told when it was delivered while the dashboard was open', () => {
    const working = withStatus(snapshot, 'working');
    const { written, see } = stage({ events: NOTICE_KINDS, words: true }, working);
    const delivered = withStatus(snapshot, 'in_review');
    const now = new Date(NOW).toISOString();
    see({ ...delivered, tasks: delivered.tasks.map((task) => ({ ...task, updatedAt: now })) });
    expect(written).toHaveLength(1);
    expect(written[0]).toContain('is in review.');
  });
});
