import { describe, expect, test } from 'vitest';
import type { Snapshot } from '#app.ts';
import { waitingIn } from '#tui/attention.ts';
import { tasksIn, waitingRows, withSeen } from '#tui/dialogs/waiting/rows.ts';
import { NOW } from '../../../support/dashboard.tsx';
import { ASKS_PLAN } from '../../../support/requests.ts';
import { reviewSnapshot } from '../../../support/review-snapshot.ts';
import {
  aRow,
  aSnapshot,
  asksCommand,
  projectNamed,
  requestOf,
  sessionAsking,
  troubleSnapshot,
} from '../../../support/snapshots.ts';

/** Tasks that ask for a command each, the first one longest. */
function asking(...commands: string[]): Snapshot {
  const ids = commands.map((_, index) => index + 1);
  return aSnapshot({
    projects: [projectNamed(1, 'web-shop'), projectNamed(2, 'api')],
    tasks: ids.map((id) => aRow(id, { status: 'working', projectId: 1 + (id % 2) })),
    sessions: new Map(ids.map((id) => sessionAsking(id, 'permission', commands[id - 1] ?? ''))),
    requests: ids.map((id) => requestOf(id, asksCommand(commands[id - 1] ?? ''), 60 - id)),
  });
}

const said = (rows: ReturnType<typeof waitingRows>) =>
  rows.map(({ tasks, text }) => `${tasks.map(({ id }) => id).join(' ')}: ${text}`);

describe('what waits for a person', () => {
  test('is of all projects and all kinds, oldest first', () => {
    const rows = waitingRows(troubleSnapshot());
    const kinds = ['permission', 'question', 'ci_failed', 'error', 'unsure', 'setup_failed'];
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set([...kinds, 'ready_to_merge']));
    expect(new Set(rows.flatMap(({ tasks }) => tasks.map(({ id }) => id))).size).toBe(rows.length);
    expect(rows.map(({ since }) => since)).toEqual(
      rows.map(({ since }) => since).sort((a, b) => a - b),
    );
  });

  test('lets Claude fix what stands against a pull request', () => {
    const [row] = waitingRows(troubleSnapshot()).filter(({ kind }) => kind === 'ci_failed');
    expect(row?.yes).toEqual({ label: 'fix', action: 'fix' });
  });

  test('with the same request of several sessions is one row', () => {
    const rows = waitingRows(asking('npm test', 'npm run lint', 'npm test', 'npm test'));
    expect(said(rows)).toEqual(['1 3 4: Bash: npm test', '2: Bash: npm run lint']);
    expect(rows[0]).toMatchObject({ since: NOW - 59 * 60_000, yes: { label: 'allow' } });
    expect(rows[0]?.requests.map(({ id }) => id)).toEqual(['request-1', 'request-3', 'request-4']);
  });

  test('is told in the list by its task and then its reason, in the details by a sentence', () => {
    const rows = waitingRows(troubleSnapshot());
    const failed = rows.find(({ kind }) => kind === 'error');
    expect(failed?.brief).toMatch(/^[^"]+: ended in an error$/);
    expect(failed?.text).toMatch(/^".*" ended in an error\.$/);
    expect(rows.find(({ kind }) => kind === 'question')?.brief).not.toContain('question:');
  });

  test('names two requests of one session one by one', () => {
    const snapshot = asking('npm test');
    const second = { ...requestOf(1, ASKS_PLAN, 1), id: 'second' };
    const rows = waitingRows({ ...snapshot, requests: [...snapshot.requests, second] });
    expect(rows.map(({ key, kind }) => [key, kind])).toEqual([
      ['request-1', 'permission'],
      ['second', 'plan'],
    ]);
  });

  test('counts the tasks that the title bar counts, however many rows they have', () => {
    const snapshot = asking('npm test', 'ls', 'npm test');
    const second = { ...requestOf(1, ASKS_PLAN, 1), id: 'second' };
    const all = { ...snapshot, requests: [...snapshot.requests, second] };
    const rows = waitingRows(all);
    expect(rows).toHaveLength(3);
    expect(tasksIn(rows)).toBe(3);
    expect(tasksIn(rows)).toBe(waitingIn(all).length);
    expect(tasksIn(withSeen(waitingRows(asking('ls')), rows))).toBe(1);
    expect(tasksIn(waitingRows(troubleSnapshot()))).toBe(waitingIn(troubleSnapshot()).length);
  });

  test('is merged here or opened, by where it is merged', () => {
    const { pullRequests } = troubleSnapshot();
    const [id = 0] = pullRequests.keys();
    const found = pullRequests.get(id);
    const tasks = [
      aRow(1, { status: 'in_review', push: 'local' }),
      aRow(id, { status: 'in_review', push: 'pr' }),
    ];
    const ready = { ...found, state: 'open', checks: 'passed', review: 'approved' };
    const facts = { ...aSnapshot(), tasks, pullRequests: new Map([[id, ready]]) };
    const rows = waitingRows(facts as Snapshot);
    expect(rows.map(({ tasks: [task], yes }) => [task?.push, yes?.action])).toEqual(
      expect.arrayContaining([
        ['local', 'merge'],
        ['pr', 'merge'],
      ]),
    );
  });

  test('can only be answered in its session when no hook waits', () => {
    const snapshot = asking('npm test', 'ls');
    const requests = snapshot.requests.slice(0, 1).map((each) => ({ ...each, waiter: null }));
    const rows = waitingRows({ ...snapshot, requests });
    expect(rows.map(({ yes, requests: all }) => [yes, all.length])).toEqual([
      [null, 1],
      [null, 0],
    ]);
  });
});

test('what a pull request needs of a person is listed by its kind, and opened there', () => {
  const rows = waitingRows(reviewSnapshot());
  const of = (id: number) => rows.find(({ tasks }) => tasks[0]?.id === id);
  expect([3, 5].map((id) => [of(id)?.kind, of(id)?.yes?.action])).toEqual([
    ['draft', 'open'],
    ['attention', 'open'],
  ]);
  expect(of(7)).toMatchObject({ kind: 'comments' });
  expect(of(7)?.brief).toBe('Changes were requested: changes requested by eve');
  expect([8, 9, 10, 11, 12, 13, 14].map(of)).toEqual(Array(7).fill(undefined));
});

describe('an open list', () => {
  const before = waitingRows(asking('a', 'b', 'c'));

  test('keeps every row in its place; what is new stands below', () => {
    const older = { ...asking('a', 'b', 'c'), requests: asking('a', 'b', 'c').requests.slice(1) };
    const live = waitingRows({
      ...older,
      requests: [requestOf(1, asksCommand('x'), 90), ...older.requests].map((each, index) =>
        index === 0 ? { ...each, id: 'new' } : each,
      ),
    });
    expect(said(withSeen(live, before))).toEqual([
      '1: Bash: a',
      '2: Bash: b',
      '3: Bash: c',
      '1: Bash: x',
    ]);
  });

  test('marks what is over, and a yes means nothing there', () => {
    const [first, second] = withSeen(before.slice(1), before);
    expect([first?.over, first?.yes, second?.over]).toEqual([true, null, false]);
  });
});
