import { describe, expect, test } from 'vitest';
import type { Activity, ActivityName } from '#domain/activity.ts';
import { type AttemptFacts, attemptStep, wasLeft } from '#domain/attempt/step.ts';

const NOW = 1_000_000;

function activity(name: ActivityName, more: Partial<Activity> = {}): Activity {
  return { name, source: 'hook', since: NOW - 100_000, detail: null, ...more };
}

/** A task that works on its own; its Claude is in this state, and was prompted after it was started. */
function facts(
  name: ActivityName,
  changes: {
    task?: Partial<AttemptFacts['task']>;
    session?: Partial<AttemptFacts['session']>;
    more?: Partial<AttemptFacts>;
  } = {},
): AttemptFacts {
  return {
    task: { mode: 'autonomous', status: 'working', retryAt: null, held: null, ...changes.task },
    session: {
      ...{ state: 'open', activity: activity(name), movedAt: 100, promptedAt: 200 },
      ...{ turnEndedAt: null, judgedAt: null, parkedAt: null, failure: null },
      ...changes.session,
    },
    attempt: { workedMs: 0 },
    minutes: null,
    now: NOW,
    ...changes.more,
  };
}

const act = (given: AttemptFacts) => attemptStep(given).act;
const at = (ms: number): string => new Date(ms).toISOString();

describe('nothing is done', () => {
  test.each([
    ['about a task that a person leads', { task: { mode: 'supervised' } }],
    ['about one that is held', { task: { held: 'budget' } }],
    ['about one in review', { task: { status: 'in_review' } }],
    ['about one that is being ended', { session: { state: 'closing' } }],
  ] as const)('%s', (_, changes) => {
    const failed = { failure: 'server_error', ...('session' in changes ? changes.session : {}) };
    expect(act(facts('idle', { ...changes, session: failed }))).toBe('nothing');
  });

  test.each(['permission', 'question', 'plan', 'limited'] as const)('while it is %s', (name) => {
    expect(act(facts(name, { session: { failure: 'server_error' } }))).toBe('nothing');
  });

  test('about a turn that ended: it is judged', () => {
    expect(act(facts('idle', { session: { turnEndedAt: 300 } }))).toBe('nothing');
  });
});

describe('a turn that failed', () => {
  const failed = { failure: 'server_error' };

  test('is written down once, and tried again when its time has come', () => {
    const seen = attemptStep(facts('idle', { session: failed }));
    expect(seen).toMatchObject({ act: 'fail', code: 'server_error' });
    const later = facts('idle', { session: failed, task: { retryAt: at(NOW + 5) } });
    expect(attemptStep(later)).toEqual({ act: 'wait', until: NOW + 5 });
    expect(act(facts('idle', { session: failed, task: { retryAt: at(NOW) } }))).toBe('go_on');
  });

  test('does not wait for hours because the clock was set back', () => {
    const retryAt = at(NOW + 3_600_000);
    expect(act(facts('idle', { session: failed, task: { retryAt } }))).toBe('go_on');
  });

  test('is over as soon as Claude works again, whoever saw to it', () => {
    expect(act(facts('working', { task: { retryAt: at(NOW) } }))).toBe('goes_on');
    expect(act(facts('idle', { task: { retryAt: at(NOW) } }))).toBe('goes_on');
  });

  test('is another attempt when a person tells it how to go on', () => {
    expect(act(facts('working', { more: { attempt: null } }))).toBe('goes_on');
  });

  test('is left alone where a person did it or decides', () => {
    expect(act(facts('idle', { session: { failure: 'interrupted' } }))).toBe('nothing');
  });
});

describe('a turn without an end', () => {
  test('was interrupted by a person, when nothing is reported for a while', () => {
    const since = (ms: number) => ({ session: { activity: activity('idle', { since: ms }) } });
    expect(attemptStep(facts('idle', since(NOW - 1_000)))).toEqual({
      act: 'wait',
      until: NOW + 9_000,
    });
    expect(attemptStep(facts('idle', since(NOW - 11_000)))).toMatchObject({
      act: 'fail',
      code: 'interrupted',
    });
  });

  test('is not waited for until a clock that was set back has come there again', () => {
    const future = { session: { activity: activity('idle', { since: NOW + 3_600_000 }) } };
    expect(act(facts('idle', future))).toBe('fail');
  });

  test('a Claude that was started and takes no prompt has failed', () => {
    const started = { movedAt: NOW - 1_000, promptedAt: null };
    expect(act(facts('idle', { session: started }))).toBe('wait');
    const stuck = { movedAt: NOW - 100_000, promptedAt: null };
    expect(attemptStep(facts('idle', { session: stuck }))).toMatchObject({
      act: 'fail',
      code: 'unknown',
    });
  });
});

describe('a Claude that is over', () => {
  const interrupted = { status: 'interrupted' } as const;
  const over = (detail: string | null, name: ActivityName = 'ended') => ({
    task: interrupted,
    session: { activity: activity(name, { source: 'pane', detail }) },
  });

  test.each([
    ['ended with exit code 1', 'ended', 'exited'],
    ['ended by signal 9', 'ended', 'killed'],
    ['its pane is gone', 'lost', 'killed'],
    [null, 'ended', 'exited'],
  ] as const)('%s: %s is %s', (detail, name, code) => {
    expect(attemptStep(facts(name, over(detail, name)))).toMatchObject({ act: 'fail', code });
  });

  test('is left alone when a person ended it, or took it out of the trash', () => {
    expect(act(facts('ended', over('left by /exit')))).toBe('nothing');
    const restored = { activity: activity('ended', { source: 'claustre' }) };
    expect(act(facts('ended', { task: interrupted, session: restored }))).toBe('nothing');
    expect(wasLeft({ activity: activity('lost', { source: 'claustre' }) })).toBe(false);
  });

  test('at its usage limit is begun again when it was killed, and not when it ended', () => {
    const over = (how: Activity) => {
      const session = { activity: how, failure: 'rate_limit' };
      return act(facts('lost', { task: { status: 'interrupted' }, session }));
    };
    expect(over(activity('lost'))).toBe('fail');
    expect(over(activity('ended', { detail: 'ended by signal 9' }))).toBe('fail');
    expect(over(activity('ended', { detail: 'exit code 1' }))).toBe('nothing');
  });

  test('is left alone while it is parked, or its last turn is not judged yet', () => {
    const given = over('ended by signal 9');
    const parked = { ...given.session, parkedAt: NOW };
    expect(act(facts('ended', { ...given, session: parked }))).toBe('nothing');
    const unjudged = { ...given.session, turnEndedAt: 300 };
    expect(act(facts('ended', { ...given, session: unjudged }))).toBe('nothing');
    const judged = { ...unjudged, judgedAt: 300 };
    expect(act(facts('ended', { ...given, session: judged }))).toBe('fail');
  });
});

describe('an attempt that takes long', () => {
  test('is stopped after its minutes of work, however many turns they are', () => {
    const working = (workedMs: number) => ({ more: { minutes: 2, attempt: { workedMs } } });
    expect(attemptStep(facts('working', working(0)))).toEqual({ act: 'wait', until: NOW + 20_000 });
    expect(attemptStep(facts('working', working(20_000)))).toMatchObject({
      act: 'fail',
      code: 'timed_out',
    });
  });

  test('is interrupted for as long as it works on', () => {
    const stopped = { session: { failure: 'timed_out' }, task: { retryAt: at(NOW) } };
    expect(act(facts('working', stopped))).toBe('stop');
    expect(act(facts('idle', stopped))).toBe('go_on');
  });

  test('is not interrupted by what began a moment ago: the report of its prompt may still come', () => {
    const began = (since: number) =>
      activity('working', { source: 'sessions_file', since: NOW - since });
    const told = (failure: string, since: number) => ({
      session: { failure, activity: began(since) },
      task: { retryAt: at(NOW) },
    });
    expect(attemptStep(facts('working', told('timed_out', 1_000)))).toMatchObject({ act: 'wait' });
    expect(act(facts('working', told('timed_out', 10_000)))).toBe('stop');
    expect(act(facts('working', told('rate_limit', 10_000)))).not.toBe('stop');
  });
});
