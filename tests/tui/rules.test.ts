import { describe, expect, test } from 'vitest';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { ActionId } from '#tui/keys/keymap.ts';
import { createKeymap, type Keymap, PLAIN_KEYMAP } from '#tui/keys/own-keys.ts';
import { whyNot } from '#tui/rules.ts';
import { createView, settle } from '#tui/view.ts';
import { aSnapshot, fullSnapshot, troubleSnapshot } from '../support/snapshots.ts';

const at = (taskId: number | null, snapshot = troubleSnapshot()) => ({
  snapshot,
  view: settle({ ...createView({ columns: 100, rows: 30 }, 0), taskId }, snapshot),
});

describe('why a key does nothing', () => {
  test.each<[ActionId, number, string | undefined]>([
    ['attach', 1, undefined],
    ['attach', 4, 'Task #4 has no session.'],
    ['attach', 7, 'Task #7 is done and has no session.'],
    ['launch', 4, undefined],
    ['launch', 1, 'Task #1 works already.'],
    ['launch', 5, 'Task #5 waits for #1, #2.'],
    ['launch', 11, 'Task #11 is in error.'],
    ['launch', 3, undefined],
    ['edit', 4, undefined],
    ['edit', 1, 'Task #1 is working; its texts are with Claude already.'],
    ['kill', 1, undefined],
    ['kill', 4, 'Task #4 has no session to kill.'],
    ['done', 4, undefined],
    ['done', 7, 'Task #7 is done already.'],
    ['retry', 11, undefined],
    ['retry', 13, undefined],
    ['retry', 4, 'Task #4 has not failed.'],
    ['open', 3, undefined],
    ['open', 4, 'Task #4 has no pull request.'],
    ['merge', 4, 'Task #4 has no pull request to merge.'],
    ['merge', 3, undefined],
    ['merge_later', 3, undefined],
    ['reopen', 3, 'Task #3 has no closed pull request.'],
    ['fix', 3, 'Nothing that Claude could fix stands against the pull request of #3.'],
    ['fix', 4, 'Task #4 has no open pull request to fix.'],
    ['remove', 1, undefined],
    ['move_up', 7, 'Task #7 is done; such tasks stand in the order in which they ended.'],
    ['more_urgent', 4, undefined],
    ['more_urgent', 7, 'Task #7 is done; such tasks stand in the order in which they ended.'],
    ['less_urgent', 4, undefined],
    ['history', 4, undefined],
    ['quit', 4, undefined],
  ])('%s on #%i: %s', (action, id, reason) => {
    const { snapshot, view } = at(id);
    expect(whyNot(action, { snapshot, view }, PLAIN_KEYMAP)?.reason).toBe(reason);
  });

  test('a closed pull request is not merged but opened again', () => {
    const snapshot = troubleSnapshot();
    const closed = { ...snapshot.pullRequests.get(3), state: 'closed' } as PullRequest;
    const now = at(3, { ...snapshot, pullRequests: new Map([[3, closed]]) });
    expect(whyNot('merge', now, PLAIN_KEYMAP)?.reason).toBe('The pull request of #3 was closed.');
    expect(whyNot('reopen', now, PLAIN_KEYMAP)).toBeUndefined();
  });

  test('a fix is for what stands against an open pull request', () => {
    const snapshot = troubleSnapshot();
    const pullRequest = snapshot.pullRequests.get(3);
    const session = snapshot.sessions.get(3);
    if (pullRequest === undefined || session === undefined) throw new Error('#3 has none');
    const own = { head: session.branch, createdAt: session.createdAt };
    const reason = (changes: Partial<typeof pullRequest>, status?: 'working') => {
      const tasks = snapshot.tasks.map((task) =>
        task.id === 3 && status !== undefined ? { ...task, status } : task,
      );
      const pullRequests = new Map(snapshot.pullRequests).set(3, {
        ...{ ...pullRequest, ...own, ...changes },
      });
      return whyNot('fix', at(3, { ...snapshot, tasks, pullRequests }), PLAIN_KEYMAP)?.reason;
    };
    expect(reason({ mergeable: 'conflicting' })).toBeUndefined();
    expect(reason({ mergeable: 'conflicting' }, 'working')).toContain('is not in review');
    expect(reason({ mergeable: 'conflicting', state: 'closed' })).toContain('no open pull request');
  });

  test('a merge is for what is local and in review', () => {
    const reason = (status: 'pending' | 'in_review' | 'conflict') => {
      const tasks = fullSnapshot().tasks.map((task) =>
        task.id === 4 ? { ...task, status, push: 'local' as const } : task,
      );
      return whyNot('merge', at(4, { ...fullSnapshot(), tasks }), PLAIN_KEYMAP)?.reason;
    };
    expect(reason('pending')).toBe('Task #4 is not in review: there is nothing to merge yet.');
    expect(reason('in_review')).toBeUndefined();
    expect(reason('conflict')).toBeUndefined();
  });

  test('without a project or a task it says what to press', () => {
    const empty = at(null, aSnapshot());
    expect(whyNot('launch', empty, PLAIN_KEYMAP)?.hint).toBe('Press a to add one.');
    expect(whyNot('new', empty, PLAIN_KEYMAP)?.hint).toBe('Press a to add one.');
    const noTask = at(null, { ...fullSnapshot(), tasks: [] });
    expect(whyNot('launch', noTask, PLAIN_KEYMAP)?.hint).toBe('Press n to add one.');
  });

  test('it names the person’s own keys', () => {
    const keymap = createKeymap({ launch: 'L', new: 'ctrl+n', attach: 'x' }) as Keymap;
    const hint = (action: ActionId, id: number) => whyNot(action, at(id), keymap)?.hint;
    expect(hint('attach', 4)).toBe('Press L to launch it.');
    expect(hint('more_urgent', 1)).toBeUndefined();
    const noTask = at(null, { ...fullSnapshot(), tasks: [] });
    expect(whyNot('launch', noTask, keymap)?.hint).toBe('Press Ctrl+N to add one.');
  });

  test.each(['conflict', 'interrupted'] as const)(
    'a task that is %s can be entered, taken up, killed and finished',
    (status) => {
      const { snapshot, view } = at(1, {
        ...fullSnapshot(),
        tasks: fullSnapshot().tasks.map((task) => (task.id === 1 ? { ...task, status } : task)),
      });
      for (const action of ['attach', 'launch', 'kill', 'done'] as const) {
        expect(whyNot(action, { snapshot, view }, PLAIN_KEYMAP)).toBeUndefined();
      }
    },
  );

  test('what works already is launched again only when its Claude is gone', () => {
    const gone = troubleSnapshot();
    const session = gone.sessions.get(1);
    if (session === undefined) throw new Error('No session.');
    const ended = { ...session, activity: { ...session.activity, name: 'ended' as const } };
    const sessions = new Map([...gone.sessions, [1, ended]]);
    expect(whyNot('launch', at(1, { ...gone, sessions }), PLAIN_KEYMAP)).toBeUndefined();
  });

  test('the list of what needs a person is there when something does', () => {
    expect(whyNot('next_waiting', at(1), PLAIN_KEYMAP)).toBeUndefined();
    const calm = whyNot('next_waiting', at(null, aSnapshot()), PLAIN_KEYMAP);
    expect(calm?.reason).toBe('Nothing needs you right now.');
  });

  test('nobody types into a pane that is not read aloud', () => {
    const { snapshot, view } = at(1);
    expect(
      whyNot('type', { snapshot, view: { ...view, reader: true } }, PLAIN_KEYMAP)?.hint,
    ).toContain('Enter');
  });
});
