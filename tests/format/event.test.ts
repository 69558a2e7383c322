import { describe, expect, test } from 'vitest';
import { eventWords } from '#format/event.ts';

describe('what an event tells', () => {
  test.each([
    ['task.add', { title: 'x' }, 'added'],
    ['task.edit', { fields: ['prompt', 'mode'] }, 'edited prompt, mode'],
    ['task.edit', {}, 'edited'],
    ['task.move', { direction: 'up' }, 'moved up'],
    ['task.launch', {}, 'launched'],
    ['task.launch_fail', { reason: 'tmux is missing' }, 'launch failed: tmux is missing'],
    ['task.deliver', { push: 'local' }, 'delivered'],
    ['task.deliver', { pullRequest: 7, url: 'u' }, 'delivered as pull request #7'],
    ['task.ci_fail', { failedChecks: ['lint', 'test'] }, 'checks failed: lint, test'],
    ['task.kill', { trash: 3 }, 'killed'],
    ['trash.add', { commits: 1, changed: 2, untracked: 0 }, 'saved 1 commit, 2 changed files'],
    ['trash.add', {}, 'put into the trash'],
    ['session.open', { branch: 'task/x', base: 'main' }, 'session opened on task/x'],
    ['session.update', { event: 'UserPromptSubmit', prompt: ' Fix it. ' }, 'prompt: Fix it.'],
    ['session.update', { prompt: 'Fix it.\n\nThen rest.' }, 'prompt: Fix it. …'],
    [
      'session.update',
      { event: 'PermissionRequest', activity: 'permission', detail: 'Bash: ls' },
      'asks permission: Bash: ls',
    ],
    ['session.answer', { asked: 'Bash: ls', behavior: 'allow' }, 'allowed: Bash: ls'],
    [
      'session.answer',
      { asked: 'Bash: ls', behavior: 'allow', always: true },
      'allowed for the session: Bash: ls',
    ],
    [
      'session.answer',
      { asked: 'Bash: ls', behavior: 'deny', message: 'Not now.' },
      'denied: Bash: ls: Not now.',
    ],
    [
      'session.answer',
      { asked: 'Which db?', behavior: 'allow', answers: { 'Which db?': 'SQLite' } },
      'answered: Which db? SQLite',
    ],
    ['session.update', { event: 'SessionStart' }, 'Claude: SessionStart'],
    ['session.status', { costUsd: 0.4261, contextPercent: 33.6 }, 'cost $0.43, context 34%'],
    ['session.activity', { from: 'working', to: 'lost', by: 'pane' }, 'lost'],
    [
      'pull_request.update',
      { number: 7, to: { checks: 'passed', failedChecks: [], review: 'changes_requested' } },
      'pull request #7 checks passed, changes requested',
    ],
    [
      'pull_request.update',
      { number: 7, to: { checks: 'failed_optional', failedChecks: ['lint'] } },
      'pull request #7 optional checks failed, failed: lint',
    ],
    ['pull_request.merged', { number: 7 }, 'pull request #7 merged'],
    ['review.begin', { comments: 1 }, 'review round on 1 comment'],
    [
      'review.end',
      { outcome: 'pushed', fixed: 2, answered: 0, declined: 1, note: null },
      'review round ended: 2 fixed, 1 declined',
    ],
    [
      'review.end',
      { outcome: 'failed', note: 'It was cut off.' },
      'review round failed: It was cut off.',
    ],
    [
      'pull_request.merged',
      { number: 7, by: 'ada', method: 'squash' },
      'pull request #7 merged by ada as one commit',
    ],
    [
      'pull_request.merge',
      { number: 7, way: 'now', method: 'merge' },
      'pull request #7 to be merged',
    ],
    [
      'pull_request.merge',
      { number: 7, way: 'auto', method: 'rebase' },
      'pull request #7 to be merged by rebase as soon as GitHub may',
    ],
    [
      'pull_request.merge',
      { number: 7, way: 'queue', method: 'merge' },
      'pull request #7 to be put into the merge queue',
    ],
    [
      'pull_request.landed',
      { number: 7, retargeted: [8], branch: 'deleted', why: null },
      '#8 got its base; its branch is deleted on the remote',
    ],
    [
      'pull_request.landed',
      { number: 7, retargeted: [], branch: 'kept', why: 'it is protected' },
      'its branch stays on the remote: it is protected',
    ],
    [
      'pull_request.update',
      { number: 7, from: {}, to: { queued: false, autoMerge: 'squash' } },
      'pull request #7 is merged as soon as GitHub may, left the merge queue',
    ],
    ['gate.run', { gate: 'test', outcome: 'passed', seconds: 12 }, 'gate test passed in 12 s'],
    [
      'gate.run',
      { gate: 'test', outcome: 'timed_out', seconds: 5, note: 'It was ended.' },
      'gate test timed out in 5 s: It was ended.',
    ],
    [
      'gate.run',
      { gate: 'test', outcome: 'unknown', note: 'It was cut off.' },
      'gate test could not be run to its end: It was cut off.',
    ],
    [
      'criteria.check',
      { met: 2, unmet: 0, unknown: 1 },
      'criteria judged: 2 met, 0 unmet, 1 unknown',
    ],
  ])('%s with %j reads "%s"', (kind, data, words) => {
    expect(eventWords({ kind, data })).toBe(words);
  });

  test.each([
    [{ base: 'main', moved: true, pushed: 'abc' }, 'moved onto main and pushed'],
    [{ base: 'main', moved: true, pushed: null }, 'moved onto main'],
    [{ base: 'main', moved: false, pushed: null }, 'stands on main'],
  ])('of a branch %o is %s', (data, words) => {
    expect(eventWords({ kind: 'session.rebase', data })).toBe(words);
  });

  test('is its kind and its plain values where the kind is not known', () => {
    const data = { place: 'here', count: 2, more: { deep: true } };
    expect(eventWords({ kind: 'task.fly', data })).toBe('task.fly: place here, count 2');
    expect(eventWords({ kind: 'constructor', data: {} })).toBe('constructor');
  });
});
