import { describe, expect, test } from 'vitest';
import { toAfter } from '#domain/dependency.ts';
import { isRefusal } from '#domain/error.ts';
import {
  nextStatus,
  TASK_EVENTS,
  TASK_STATUSES,
  type TaskEvent,
  type TaskStatus,
  transition,
  whyNotEdit,
  whyNotLaunch,
} from '#domain/task.ts';

/** Every status × event cell, written out apart from the table: a letter per status, `.` where the event does not apply. */
const LETTERS: Record<string, TaskStatus> = {
  d: 'draft',
  p: 'pending',
  w: 'working',
  i: 'interrupted',
  r: 'in_review',
  c: 'conflict',
  f: 'ci_failed',
  D: 'done',
  E: 'error',
};

const EXPECTED: Record<TaskEvent, string> = {
  //            dpwirfc order of TASK_STATUSES: draft pending working interrupted in_review conflict ci_failed done error
  submit: '/p........',
  redraft: '/.d.......',
  launch: '/.w.w.....',
  launch_fail: '/..p......',
  setup_fail: '/..pp.....',
  prompt: '/...wwww.w',
  deliver: '/..rr....r',
  conflict: '/....c.c..',
  ci_fail: '/....ff...',
  resolve: '/.....rr..',
  lose: '/..i......',
  resume: '/...w.....',
  kill: '/.pppppp.p',
  give_up: '/..EEEEE..',
  retry: '/........p',
  merge: '/..DDDDD.D',
  finish: '/DDDDDDD.D',
  restore: '/.i.....ii',
  reopen: '/.......p.',
};

describe('the lifecycle table', () => {
  for (const event of TASK_EVENTS) {
    TASK_STATUSES.forEach((status, index) => {
      const letter = EXPECTED[event][index + 1];
      const to = letter === undefined || letter === '.' ? null : LETTERS[letter];
      test(`${event} in ${status} leads to ${to ?? 'nothing'}`, () => {
        expect(nextStatus(status, event)).toBe(to);
      });
    });
  }

  test('an event that does not apply is refused in a sentence, not thrown', () => {
    const refused = transition({ id: 12, status: 'done' }, 'launch');
    expect(isRefusal(refused) && refused.reason).toBe('Task #12 is done and cannot be launched.');
  });

  test('a person can finish a task from every open status', () => {
    for (const status of TASK_STATUSES) {
      if (status !== 'done') expect(nextStatus(status, 'finish')).toBe('done');
    }
  });
});

describe('what a person may do', () => {
  test('an open dependency stops a launch and is named', () => {
    const refused = whyNotLaunch({ id: 3, status: 'pending' }, [1, 2].map(toAfter), false);
    expect(refused?.reason).toBe('Task #3 waits for #1, #2.');
  });

  test('a pending task without open dependencies can be launched', () => {
    expect(whyNotLaunch({ id: 3, status: 'pending' }, [], false)).toBeUndefined();
  });

  test('what is to be done and what is to be green are told apart', () => {
    const before = [toAfter(1), { id: 2, until: 'pr_green' as const }];
    expect(whyNotLaunch({ id: 3, status: 'pending' }, before, false)).toMatchObject({
      reason: 'Task #3 waits for #1, #2 green.',
      hint: 'Finish #1 first. The pull request of #2 must be open with good checks.',
    });
  });

  test.each(['in_review', 'conflict', 'ci_failed', 'interrupted', 'error', 'working'] as const)(
    'one that is %s is entered while it has a session, whatever it was to wait for',
    (status) => {
      expect(whyNotLaunch({ id: 3, status }, [toAfter(1)], true)).toBeUndefined();
    },
  );

  test.each(['in_review', 'conflict', 'ci_failed', 'working'] as const)(
    'one that is %s and has no session any more says how to start it anew',
    (status) => {
      const refused = whyNotLaunch({ id: 3, status }, [], false);
      expect(refused?.reason).toContain('its session is gone');
      expect(refused?.hint).toContain('claustre kill 3, then claustre launch 3');
    },
  );

  test('texts are editable until Claude has them', () => {
    expect(whyNotEdit({ id: 1, status: 'draft' })).toBeUndefined();
    expect(whyNotEdit({ id: 1, status: 'pending' })).toBeUndefined();
    expect(whyNotEdit({ id: 1, status: 'working' })?.hint).toContain('claustre send 1');
  });
});
