import { describe, expect, test } from 'vitest';
import type { EventRow, EventSource } from '#domain/event.ts';
import { storyOf } from '#format/story.ts';

const START = Date.parse('2026-01-01T12:00:00.000Z');

/** Events from `[minute, kind, data, source]`. */
type Said = readonly [number, string, Record<string, unknown>?, EventSource?];

function told(...events: Said[]): string[] {
  const rows = events.map(
    ([minute, kind, data = {}, source = 'hook'], index): EventRow => ({
      id: index,
      at: new Date(START + minute * 60_000).toISOString(),
      projectId: 1,
      taskId: 1,
      sessionId: 's',
      kind,
      source,
      data,
    }),
  );
  return storyOf(rows).map(({ at, text }) => `${(at - START) / 60_000} ${text}`);
}

const hook = (minute: number, activity: string, more: object = {}): Said => [
  minute,
  'session.update',
  { event: 'x', activity, ...more },
];

describe('the story of a task', () => {
  test('tells a launch once, with its branch', () => {
    expect(
      told(
        [0, 'task.add'],
        [1, 'task.launch'],
        [1, 'session.open', { branch: 'task/x', base: 'main' }],
        [1, 'session.worktree'],
        [1, 'session.start'],
        [2, 'session.update', { event: 'SessionStart' }],
      ),
    ).toEqual(['0 added', '1 launched on task/x']);
    expect(told([1, 'task.launch'], [1, 'session.reopen'], [1, 'session.resume'])).toEqual([
      '1 launched again, with its conversation',
    ]);
  });

  test('tells how long Claude worked in a turn, without the time in which it waited', () => {
    expect(
      told(
        hook(0, 'working', { prompt: 'Fix it.' }),
        [1, 'session.status', { costUsd: 1 }],
        hook(5, 'permission', { detail: 'Bash: npm test' }),
        [5, 'session.update', { event: 'Notification' }],
        hook(8, 'working'),
        hook(10, 'idle'),
        hook(60, 'working', { prompt: 'Thanks.' }),
        hook(61, 'idle'),
      ),
    ).toEqual([
      '0 prompt: Fix it.',
      '5 asked for permission: Bash: npm test, answered after 3m',
      '10 worked 7m',
      '60 prompt: Thanks.',
      '61 worked 1m',
    ]);
  });

  test('leaves a question open as long as nobody answers, and says when the turn ended instead', () => {
    expect(told(hook(1, 'question', { detail: 'Which?' }))).toEqual(['1 asked a question: Which?']);
    expect(told(hook(1, 'plan', { detail: 'A plan' }), hook(2, 'idle'))).toEqual([
      '1 showed a plan: A plan, turn ended after 1m',
    ]);
  });

  test('tells of limits, failures and lost sessions once', () => {
    expect(
      told(
        hook(0, 'working'),
        hook(2, 'limited', { detail: 'resets 14:30' }),
        hook(9, 'working', { prompt: 'continue' }),
        [10, 'session.activity', { from: 'working', to: 'lost', by: 'pane' }, 'supervisor'],
        [10, 'task.lose', { reason: 'its pane is gone' }, 'supervisor'],
      ),
    ).toEqual([
      '2 worked 2m; reached the usage limit: resets 14:30',
      '9 prompt: continue',
      '10 worked 1m; session lost',
    ]);
  });

  test('tells an end once, with what was saved', () => {
    expect(
      told(
        [0, 'session.closing', { reason: 'kill' }],
        [0, 'trash.add', { commits: 2, changed: 0, untracked: 0 }],
        [0, 'session.close', { reason: 'kill' }],
        [0, 'task.kill', { trash: 1 }, 'person'],
      ),
    ).toEqual(['0 killed; saved 2 commits']);
    expect(told([3, 'trash.add', { commits: 1, changed: 0, untracked: 0 }])).toEqual([
      '3 saved 1 commit',
    ]);
  });

  test('tells what a pull request came to, and what that meant for the task', () => {
    expect(
      told(
        [0, 'pull_request.add', { number: 4, url: 'u' }],
        [0, 'task.deliver', { pullRequest: 4 }],
        [1, 'pull_request.update', { number: 4, to: { checks: 'pending' } }],
        [2, 'pull_request.update', { number: 4, to: { checks: 'passed' } }],
        [3, 'pull_request.update', { number: 4, to: { review: 'approved' } }],
      ),
    ).toEqual(['0 opened pull request #4', '3 pull request #4 checks passed, approved']);
    expect(
      told(
        [5, 'pull_request.update', { number: 4, to: { checks: 'failed', failedChecks: ['lint'] } }],
        [5, 'task.ci_fail', { failedChecks: ['lint'] }],
        [9, 'pull_request.merged', { number: 4 }],
        [9, 'trash.add', { commits: 1, changed: 0, untracked: 0 }],
        [9, 'task.merge', { trash: 3 }],
      ),
    ).toEqual(['5 checks failed: lint', '9 pull request #4 merged; done; saved 1 commit']);
  });

  test('leaves out what a new pull request is made of, and tells a delivery with the turn that made it', () => {
    expect(
      told(
        hook(0, 'working', { prompt: 'Do it.' }),
        [1, 'pull_request.add', { number: 4, url: 'u' }],
        [
          1,
          'pull_request.update',
          { number: 4, to: { headCommit: 'c', base: 'main', checks: 'none' } },
        ],
        hook(2, 'idle'),
        [2, 'task.deliver', { push: 'pr' }],
        [9, 'pull_request.update', { number: 4, to: { headCommit: 'd' } }],
      ),
    ).toEqual([
      '0 prompt: Do it.',
      '1 opened pull request #4',
      '2 worked 2m; delivered',
      '9 pull request #4 has new commits',
    ]);
    expect(told([1, 'pull_request.add', { number: 4 }, 'supervisor'])).toEqual([
      '1 pull request #4 is there',
    ]);
  });

  test('has a line for what it does not know', () => {
    expect(told([0, 'task.fly', { place: 'here' }], [1, 'constructor'])).toEqual([
      '0 task.fly: place here',
      '1 constructor',
    ]);
  });
});
