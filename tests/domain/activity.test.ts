import { describe, expect, test } from 'vitest';
import {
  ACTIVITIES,
  type Activity,
  type ActivityName,
  foldActivity,
  type HookMeaning,
  type SessionsFileReading,
  type Signal,
} from '#domain/activity.ts';

const BEGAN = 1_000_000;
const LATER = BEGAN + 60_000;

function state(name: ActivityName, more: Partial<Activity> = {}): Activity {
  return { name, source: 'hook', since: BEGAN, detail: null, ...more };
}

function hook(event: HookMeaning, at = LATER, detail: string | null = null): Signal {
  return { kind: 'hook', at, event, detail };
}

function file(reading: Partial<SessionsFileReading>, at = LATER): Signal {
  const usual = {
    status: 'idle',
    waitingFor: null,
    claudeSessionId: 'c',
    statusUpdatedAt: at,
  } as const;
  return { kind: 'sessions_file', at, reading: { ...usual, ...reading } };
}

/** Columns in the order of ACTIVITIES; "=" leaves the state as it is. */
type Row = [signal: Signal, name: string, ...cells: (ActivityName | '=')[]];

const same = <T>(cell: T): T[] => ACTIVITIES.map(() => cell);

// starting working permission question plan idle limited ended lost
const TABLE: Row[] = [
  [{ kind: 'launched', at: LATER }, 'launched', ...same('starting' as const)],
  [hook('started'), 'started', 'idle', '=', 'idle', 'idle', 'idle', '=', 'idle', 'idle', 'idle'],
  [hook('prompted'), 'prompted', 'working', '=', ...same('working' as const).slice(2)],
  [
    hook('went_on', LATER, 'Bash: b'),
    'went_on of another tool',
    'working',
    '=',
    '=',
    '=',
    '=',
    'working',
    '=',
    '=',
    'working',
  ],
  [
    hook('went_on', LATER, 'Bash: a'),
    'went_on of the tool that asked',
    'working',
    '=',
    'working',
    'working',
    'working',
    'working',
    '=',
    '=',
    'working',
  ],
  [hook('asks_permission', LATER, 'Bash: z'), 'asks_permission', ...same('permission' as const)],
  [hook('asks_question', LATER, 'Which?'), 'asks_question', ...same('question' as const)],
  [hook('asks_plan', LATER, 'Steps'), 'asks_plan', ...same('plan' as const)],
  [
    hook('asks'),
    'asks',
    'permission',
    'permission',
    '=',
    '=',
    '=',
    ...same('permission' as const).slice(5),
  ],
  [hook('turn_ended'), 'turn_ended', ...same('idle' as const)],
  [hook('turn_ended_behind', LATER, '1 running'), 'turn_ended_behind', ...same('idle' as const)],
  [hook('awaits'), 'awaits', '=', 'idle', '=', '=', '=', '=', '=', '=', '='],
  [hook('limited', LATER, 'limit'), 'limited', ...same('limited' as const)],
  [hook('failed', LATER, 'error'), 'failed', ...same('idle' as const)],
  [hook('ended', LATER, 'other'), 'ended', ...same('ended' as const)],
  [hook('cleared'), 'cleared', ...same('idle' as const)],
  [file({ status: 'busy' }), 'busy', 'working', '=', ...same('working' as const).slice(2)],
  [
    file({ status: 'idle' }),
    'idle',
    'idle',
    'idle',
    'idle',
    'idle',
    'idle',
    '=',
    '=',
    'idle',
    'idle',
  ],
  [
    file({ status: 'shell' }),
    'shell',
    'idle',
    'idle',
    'idle',
    'idle',
    'idle',
    '=',
    '=',
    'idle',
    'idle',
  ],
  [
    file({ status: 'waiting', waitingFor: 'permission prompt' }),
    'waiting for permission',
    'permission',
    'permission',
    '=',
    '=',
    '=',
    ...same('permission' as const).slice(5),
  ],
  [
    file({ status: 'waiting', waitingFor: 'input needed' }),
    'waiting for input',
    'question',
    'question',
    '=',
    '=',
    '=',
    ...same('question' as const).slice(5),
  ],
  [
    file({ status: 'waiting', waitingFor: 'dialog open' }),
    'waiting in a dialog',
    'question',
    'question',
    'question',
    '=',
    'question',
    'question',
    '=',
    'question',
    'question',
  ],
  [{ kind: 'pane', at: LATER, state: 'alive', detail: null }, 'pane alive', ...same('=' as const)],
  [
    { kind: 'pane', at: LATER, state: 'dead', detail: 'exit 1' },
    'pane dead',
    ...same('ended' as const).slice(2),
    '=',
    '=',
  ],
  [
    { kind: 'pane', at: LATER, state: 'gone', detail: null },
    'pane gone',
    ...same('lost' as const).slice(2),
    '=',
    '=',
  ],
];

describe('every state and every newer signal', () => {
  for (const [signal, name, ...cells] of TABLE) {
    test.each(ACTIVITIES.map((from, index) => [from, cells[index]] as const))(
      `%s with ${name} is %s`,
      (from, cell) => {
        const before = state(from, { detail: 'Bash: a' });
        const after = foldActivity(before, signal);
        expect(after.name).toBe(cell === '=' ? from : cell);
        if (cell === '=' && signal.kind !== 'hook') expect(after).toBe(before);
      },
    );
  }
});

describe('order', () => {
  test.each(TABLE.filter(([signal]) => signal.kind === 'hook'))(
    'a hook older than the state changes nothing: %o',
    (signal) => {
      if (signal.kind !== 'hook') return;
      const before = state('idle', { since: LATER + 1, detail: 'newer' });
      expect(foldActivity(before, signal)).toBe(before);
    },
  );

  test('a farewell of the process before the launch does not end the new one', () => {
    const starting = foldActivity(null, { kind: 'launched', at: LATER });
    expect(foldActivity(starting, hook('ended', LATER - 2_001))).toBe(starting);
    // The new process may have ended before its launch was noted.
    expect(foldActivity(starting, hook('ended', LATER - 100)).name).toBe('ended');
  });

  test('Claude waiting for input says nothing against a turn that began since', () => {
    const before = state('working', { since: LATER - 10_000 });
    expect(foldActivity(before, hook('awaits'))).toBe(before);
  });

  test.each([
    ['asks_question', 'question', 'permission'],
    ['asks_plan', 'plan', 'permission'],
    ['limited', 'limited', 'question'],
  ] as const)(
    'the hook that explains a stop counts although the file was read first: %s',
    (event, name, read) => {
      const before = state(read, { source: 'sessions_file', since: LATER + 20 });
      const after = foldActivity(before, hook(event, LATER, 'why'));
      expect(after).toEqual({ name, source: 'hook', since: LATER + 20, detail: 'why' });
      expect(foldActivity(before, hook(event, LATER - 5_000, 'old'))).toBe(before);
    },
  );

  test('hook and file of the same moment lead to the same state in either order', () => {
    const asked = hook('asks_question', LATER, 'Which?');
    const waiting = file(
      { status: 'waiting', waitingFor: 'permission prompt', statusUpdatedAt: LATER + 20 },
      LATER + 30,
    );
    const one = foldActivity(foldActivity(state('working'), asked), waiting);
    const other = foldActivity(foldActivity(state('working'), waiting), asked);
    expect([one.name, one.detail]).toEqual(['question', 'Which?']);
    expect([other.name, other.detail]).toEqual(['question', 'Which?']);
  });

  test('an interrupt, which fires no hook, is seen in the newer file', () => {
    const after = foldActivity(state('working'), file({ statusUpdatedAt: BEGAN + 1 }, BEGAN + 500));
    expect(after).toEqual({
      name: 'idle',
      source: 'sessions_file',
      since: BEGAN + 1,
      detail: null,
    });
  });

  test('an older file is not believed at once, and is when it stays', () => {
    const older = { status: 'idle', statusUpdatedAt: BEGAN - 5 } as const;
    const before = state('working');
    expect(foldActivity(before, file(older, BEGAN + 1_000))).toBe(before);
    expect(foldActivity(before, file(older, BEGAN + 2_001))).toMatchObject({
      name: 'idle',
      since: BEGAN + 2_001,
    });
  });
});

describe('what stays', () => {
  test('the same state again is the same object, so that nothing is written', () => {
    const before = state('working');
    expect(foldActivity(before, hook('went_on', LATER, 'Bash: a'))).toBe(before);
    expect(foldActivity(before, file({ status: 'busy' }))).toBe(before);
  });

  test('a prompt begins a turn of its own, so that an end from before it is older', () => {
    const next = foldActivity(state('working'), hook('prompted'));
    expect(next).toMatchObject({ name: 'working', since: LATER });
    expect(foldActivity(next, hook('turn_ended', LATER - 1))).toBe(next);
  });

  test('the tool that went on does not stay as a detail', () => {
    const before = state('permission', { detail: 'Bash: a' });
    expect(foldActivity(before, hook('went_on', LATER, 'Bash: a')).detail).toBeNull();
  });

  test('any tool ends a question of which nobody knows the tool', () => {
    expect(foldActivity(state('permission'), hook('went_on', LATER, 'Bash: b')).name).toBe(
      'working',
    );
  });

  test('without a known state the first signal makes it', () => {
    expect(foldActivity(null, hook('prompted')).name).toBe('working');
    expect(foldActivity(null, file({ status: 'busy' })).name).toBe('working');
    expect(foldActivity(null, { kind: 'pane', at: 5, state: 'alive', detail: null }).name).toBe(
      'starting',
    );
  });
});
