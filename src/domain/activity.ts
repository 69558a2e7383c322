/** What the Claude of a session does right now. */
export const ACTIVITIES = [
  'starting',
  'working',
  'permission',
  'question',
  'plan',
  'idle',
  'limited',
  'ended',
  'lost',
] as const;
export type ActivityName = (typeof ACTIVITIES)[number];

/** Where a state came from: claustre's own act, a hook, Claude's sessions file, or the pane itself. */
export const ACTIVITY_SOURCES = ['claustre', 'hook', 'sessions_file', 'pane'] as const;
export type ActivitySource = (typeof ACTIVITY_SOURCES)[number];

export interface Activity {
  name: ActivityName;
  source: ActivitySource;
  /** Milliseconds since 1970: when the state began. */
  since: number;
  /** One line about it: the tool that asks, the error; null when there is nothing to say. */
  detail: string | null;
}

/** What Claude wrote about a running process into `sessions/<pid>.json` (fields that we use; checked where it is read). */
export interface SessionsFileReading {
  status: 'busy' | 'idle' | 'waiting' | 'shell';
  waitingFor: string | null;
  claudeSessionId: string;
  /** Milliseconds since 1970 of its last change of status. */
  statusUpdatedAt: number;
}

/** One observation of a session. `at` is in milliseconds since 1970, of the moment that the fact became true. */
export type Signal =
  | { kind: 'launched'; at: number }
  | { kind: 'hook'; at: number; event: HookMeaning; detail: string | null }
  | { kind: 'sessions_file'; at: number; reading: SessionsFileReading }
  | { kind: 'pane'; at: number; state: PaneState; detail: string | null };

/**
 * `dead`: the program ended and its last screen is kept; `gone`: tmux knows no such pane any more; `dialog`: Claude runs, but stands in a
 * start-up dialog, where it neither reports nor writes its sessions file.
 */
export type PaneState = 'alive' | 'dead' | 'gone' | 'dialog';

/** What a hook event says about activity; `domain/hook-event.ts` derives it from the payload. */
export type HookMeaning =
  | 'started'
  | 'prompted'
  | 'went_on'
  | 'asks_permission'
  | 'asks_question'
  | 'asks_plan'
  | 'asks'
  | 'turn_ended'
  | 'turn_ended_behind'
  | 'awaits'
  | 'limited'
  | 'failed'
  | 'ended'
  | 'cleared';

const FROM_HOOK: Record<HookMeaning, ActivityName> = {
  started: 'idle',
  prompted: 'working',
  went_on: 'working',
  asks_permission: 'permission',
  asks_question: 'question',
  asks_plan: 'plan',
  // The late notification does not say for what; it counts only when the prompt hook did not arrive.
  asks: 'permission',
  turn_ended: 'idle',
  // A background command still runs, but Claude is at its prompt; the detail says so.
  turn_ended_behind: 'idle',
  awaits: 'idle',
  limited: 'limited',
  failed: 'idle',
  ended: 'ended',
  cleared: 'idle',
};

/** States in which Claude waits for a person inside a dialog. */
export function isAsking(name: ActivityName): boolean {
  return name === 'permission' || name === 'question' || name === 'plan';
}

/**
 * How long a hook's word stands against an older file. Both tell of the same change within milliseconds of each other; a file that
 * still disagrees after this knows something that fired no hook (an interrupt, a prompt that another hook refused).
 */
export const HOOK_TRUST_MS = 2_000;

/**
 * Folds one observation into the known state and returns the new one, or the same object when nothing changes. Hooks are the fast edge;
 * the sessions file corrects them whenever it is newer; a dead pane ends everything.
 */
export function foldActivity(current: Activity | null, signal: Signal): Activity {
  switch (signal.kind) {
    case 'launched':
      return { name: 'starting', source: 'claustre', since: signal.at, detail: null };
    case 'hook':
      return foldHook(current, signal);
    case 'sessions_file':
      return foldSessionsFile(current, signal);
    case 'pane':
      return foldPane(current, signal);
    default:
      return signal satisfies never;
  }
}

function changed(current: Activity | null, next: Activity): Activity {
  if (current === null) return next;
  if (current.name === next.name && current.detail === next.detail) return current;
  return next;
}

/**
 * Claude says "waiting for your input" 60 s after a turn ended. It only mends a state that missed the end: one that began since then is
 * newer than what it tells of. Some seconds less, because the clock of the state started in another process.
 */
const AWAITS_AFTER_MS = 55_000;

function foldHook(current: Activity | null, signal: Extract<Signal, { kind: 'hook' }>): Activity {
  const name = FROM_HOOK[signal.event];
  // A tool that went on names itself only so that it can be matched with the question; the state that follows is plain work.
  const detail = signal.event === 'went_on' ? null : signal.detail;
  const next: Activity = { name, source: 'hook', since: signal.at, detail };
  if (current === null) return next;
  // A launch is noted around the start of the pane, so that a quick first report may be a little older than it.
  const slack = current.source === 'claustre' ? HOOK_TRUST_MS : 0;
  // A report that was parked in the spool, or overtaken by a newer one, must not turn the clock back.
  if (signal.at < current.since - slack) {
    return explains(current, signal) ? { ...next, since: current.since } : current;
  }
  if (!saysSomethingNew(current, signal)) return current;
  // Each prompt begins a turn of its own: an end that was parked before it must find itself older.
  return signal.event === 'prompted' ? next : changed(current, next);
}

/** The sessions file tells in one word that Claude stopped for something; the hook of the same moment knows for what. */
const EXPLANATIONS: ReadonlySet<HookMeaning> = new Set([
  'asks_permission',
  'asks_question',
  'asks_plan',
  'limited',
  'failed',
]);

/** Claude writes its file some milliseconds after it called the hook, so that the file may be read first and be newer. */
function explains(current: Activity, signal: Extract<Signal, { kind: 'hook' }>): boolean {
  if (current.source !== 'sessions_file' || !EXPLANATIONS.has(signal.event)) return false;
  if (signal.at < current.since - HOOK_TRUST_MS) return false;
  return current.name === 'idle' ? signal.event === 'failed' : isAsking(current.name);
}

/** Whether a hook that is not older than the state may change it. */
function saysSomethingNew(current: Activity, signal: Extract<Signal, { kind: 'hook' }>): boolean {
  switch (signal.event) {
    case 'went_on':
      // The end of a process is told by its pane or its own farewell; what arrives late from before it is old.
      if (current.name === 'ended' || current.name === 'limited') return false;
      // Tools run side by side: one that ends answers no question that another one asked.
      return !isAsking(current.name) || current.detail === null || current.detail === signal.detail;
    case 'asks':
      return !isAsking(current.name);
    case 'awaits':
      return current.name === 'working' && signal.at - current.since >= AWAITS_AFTER_MS;
    case 'started':
      // SessionStart comes after the launch and says nothing about a turn that already runs.
      return current.name !== 'working';
    default:
      return true;
  }
}

function foldSessionsFile(
  current: Activity | null,
  signal: Extract<Signal, { kind: 'sessions_file' }>,
): Activity {
  const { reading } = signal;
  const name = fromSessionsFile(current, reading);
  const next: Activity = {
    name,
    source: 'sessions_file',
    since: reading.statusUpdatedAt,
    detail: reading.waitingFor,
  };
  if (current === null) return next;
  if (current.name === name) return current;
  if (reading.statusUpdatedAt > current.since) return next;
  if (signal.at - current.since > HOOK_TRUST_MS) return { ...next, since: signal.at };
  return current;
}

function fromSessionsFile(current: Activity | null, reading: SessionsFileReading): ActivityName {
  switch (reading.status) {
    case 'busy':
      return 'working';
    case 'shell':
    case 'idle':
      // In `shell` a background command still runs, but the person can type. Limits leave Claude at its prompt as well: that state
      // ends with a prompt that runs, not with a closed menu.
      return current?.name === 'limited' ? 'limited' : 'idle';
    case 'waiting':
      if (reading.waitingFor === 'dialog open') {
        return current?.name === 'limited' ? 'limited' : 'question';
      }
      // This version writes "permission prompt" for permissions, questions and plans alike; the hook knew which.
      if (current !== null && isAsking(current.name)) return current.name;
      return reading.waitingFor === 'input needed' ? 'question' : 'permission';
    default:
      return reading.status satisfies never;
  }
}

function foldPane(current: Activity | null, signal: Extract<Signal, { kind: 'pane' }>): Activity {
  const over = current?.name === 'ended' || current?.name === 'lost';
  if (signal.state === 'alive') {
    return current ?? { name: 'starting', source: 'pane', since: signal.at, detail: null };
  }
  if (current !== null && over) return current;
  const name = { dead: 'ended', gone: 'lost', dialog: 'question' } as const;
  return changed(current, {
    name: name[signal.state],
    source: 'pane',
    since: signal.at,
    detail: signal.detail,
  });
}
