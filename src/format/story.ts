import type { EventRow, EventSource } from '#domain/event.ts';
import { formatDuration } from './duration.ts';
import { eventWords } from './event.ts';

/** One sentence of what happened to a task. */
export interface StoryLine {
  /** Milliseconds since 1970. */
  at: number;
  text: string;
  /** Who caused it. */
  source: EventSource;
}

/** A question of Claude's that nobody has answered yet. */
interface Ask {
  line: StoryLine;
  at: number;
}

/** What is told so far, and what is still going on. */
interface Telling {
  lines: StoryLine[];
  /** Since when Claude works in this turn; null while it waits or rests. */
  workingSince: number | null;
  workedMs: number;
  ask: Ask | null;
  /** What was saved by an end of which the next event tells. */
  saved: string | null;
  /** Kind and moment of the event of the last line. */
  last: { kind: string; at: string };
  /** What the pull request of the last line came to. */
  lastRead: Record<string, unknown>;
}

type Teller = (telling: Telling, event: EventRow, at: number) => void;

/**
 * The events of a task, oldest first, told in sentences: turns with how long Claude worked, questions with how long they waited, and each launch,
 * delivery and end once, however many steps it had. An event of a kind that is not known here has a line of its own.
 */
export function storyOf(events: readonly EventRow[]): StoryLine[] {
  const telling: Telling = {
    lines: [],
    workingSince: null,
    workedMs: 0,
    ask: null,
    saved: null,
    last: { kind: '', at: '' },
    lastRead: {},
  };
  for (const event of events) {
    const at = Date.parse(event.at);
    const teller = Object.hasOwn(TELLERS, event.kind) ? TELLERS[event.kind] : undefined;
    if (teller === undefined) say(telling, event, eventWords(event));
    else teller(telling, event, at);
  }
  flushSaved(telling, events.at(-1));
  return telling.lines;
}

function say(telling: Telling, event: EventRow, text: string): StoryLine {
  flushSaved(telling, event);
  const line = { at: Date.parse(event.at), text, source: event.source };
  telling.lines.push(line);
  telling.last = { kind: event.kind, at: event.at };
  return line;
}

/** Says the same moment's event in the words of this one, which knows what it means. */
function sayInstead(telling: Telling, event: EventRow, text: string, kinds: RegExp): void {
  const line = telling.lines.at(-1);
  const same = telling.last.at === event.at && kinds.test(telling.last.kind);
  if (line === undefined || !same) say(telling, event, text);
  else {
    line.text = text;
    telling.last = { kind: event.kind, at: event.at };
  }
}

function flushSaved(telling: Telling, event: EventRow | undefined): void {
  const { saved } = telling;
  if (saved === null || event === undefined) return;
  telling.saved = null;
  telling.lines.push({ at: Date.parse(event.at), text: saved, source: event.source });
}

const nothing: Teller = () => undefined;

/** Ends a session: what it saved is part of the sentence. */
const ending: Teller = (telling, event) => {
  const { saved } = telling;
  telling.saved = null;
  const words = eventWords(event);
  const text = saved === null ? words : `${words}; ${saved}`;
  if (event.kind === 'task.merge' && telling.last.kind === 'pull_request.merged') {
    const line = telling.lines.at(-1);
    if (line !== undefined) line.text += `; done${saved === null ? '' : `; ${saved}`}`;
  } else say(telling, event, text);
};

/** What makes a launch is told by the launch. */
const launched: Teller = (telling, event) => {
  const line = telling.lines.at(-1);
  const { branch } = event.data;
  const goesOn = event.kind === 'session.reopen' || event.kind === 'session.resume';
  const isLaunch = /^task\.launch$|^session\.(open|reopen)$/.test(telling.last.kind);
  if (line === undefined || !isLaunch) {
    if (event.kind === 'task.launch' || event.kind === 'session.open') {
      say(telling, event, launchWords(branch));
    } else if (goesOn) say(telling, event, RESUMED);
  } else if (goesOn) line.text = RESUMED;
  else if (typeof branch === 'string' && line.text === launchWords(null)) {
    line.text = launchWords(branch);
  }
};

const RESUMED = 'launched again, with its conversation';
const launchWords = (branch: unknown): string =>
  typeof branch === 'string' ? `launched on ${branch}` : 'launched';

/** Claude's activity changed: a turn goes on, waits or ends. */
function toActivity(telling: Telling, event: EventRow, at: number, name: unknown): void {
  const detail = typeof event.data.detail === 'string' ? event.data.detail : '';
  const more = detail === '' ? '' : `: ${detail}`;
  if (name === 'working') {
    answered(telling, at, 'answered');
    telling.workingSince ??= at;
    return;
  }
  pause(telling, at);
  const asks = ASKS[String(name)];
  if (asks !== undefined) {
    answered(telling, at, 'answered');
    telling.ask = { line: say(telling, event, `${asks}${more}`), at };
    return;
  }
  if (name === 'starting') return;
  answered(telling, at, 'turn ended');
  const worked = endTurn(telling);
  const words = ENDS[String(name)] ?? null;
  if (words !== null) {
    const before = worked === null ? '' : `worked ${worked}; `;
    say(telling, event, `${before}${words}${more}`);
  } else if (worked !== null) {
    const failed = event.data.event === 'StopFailure';
    say(telling, event, `worked ${worked}${failed ? ', then failed' : ''}${more}`);
  } else if (more !== '') say(telling, event, detail);
}

const ASKS: Readonly<Record<string, string>> = {
  permission: 'asked for permission',
  question: 'asked a question',
  plan: 'showed a plan',
};

const ENDS: Readonly<Record<string, string>> = {
  limited: 'reached the usage limit',
  ended: 'Claude ended',
  lost: 'session lost',
};

function answered(telling: Telling, at: number, how: string): void {
  const { ask } = telling;
  if (ask === null) return;
  ask.line.text += `, ${how} after ${formatDuration(at - ask.at)}`;
  telling.ask = null;
}

function pause(telling: Telling, at: number): void {
  if (telling.workingSince !== null) telling.workedMs += Math.max(0, at - telling.workingSince);
  telling.workingSince = null;
}

/** How long the turn that ends was worked on, in words; null when nobody worked. */
function endTurn(telling: Telling): string | null {
  const { workedMs } = telling;
  telling.workedMs = 0;
  return workedMs === 0 ? null : formatDuration(workedMs);
}

const fromHook: Teller = (telling, event, at) => {
  const { prompt, activity } = event.data;
  if (typeof prompt === 'string') {
    answered(telling, at, 'answered');
    // A prompt that Claude was given while it still worked belongs to the same turn.
    if (telling.workingSince === null) telling.workedMs = 0;
    say(telling, event, eventWords(event));
  }
  // A tool that ended, an entry of a list, the beginning of a conversation: what came of it is told by others.
  if (activity !== undefined) toActivity(telling, event, at, activity);
};

/** Readings of the same pull request one after the other are one sentence about what it came to. */
const pullRequestRead: Teller = (telling, event) => {
  const line = telling.lines.at(-1);
  const isFirst = telling.last.kind === 'pull_request.add';
  // What it was made of is no news, and neither is that it has no checks.
  const { headCommit, base, ...rest } = record(event.data.to);
  const read = isFirst ? rest : { headCommit, base, ...rest };
  const to = Object.fromEntries(
    Object.entries(read).filter(([, value]) => value !== undefined && value !== 'none'),
  );
  if (line !== undefined && telling.last.kind === 'pull_request.update') {
    telling.lastRead = { ...telling.lastRead, ...to };
    line.at = Date.parse(event.at);
    line.text = readWords(event, telling.lastRead);
    telling.last = { kind: event.kind, at: event.at };
  } else if (Object.keys(to).length > 0) {
    telling.lastRead = to;
    say(telling, event, readWords(event, to));
  }
};

function readWords({ kind, data }: EventRow, to: Record<string, unknown>): string {
  return eventWords({ kind, data: { ...data, to } });
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

const judged: Teller = (telling, event) =>
  sayInstead(telling, event, eventWords(event), /^pull_request\.update$/);

const TELLERS: Readonly<Record<string, Teller>> = {
  'session.update': fromHook,
  'session.activity': (telling, event, at) => toActivity(telling, event, at, event.data.to),
  'session.status': nothing,
  'task.launch': launched,
  'session.open': launched,
  'session.reopen': launched,
  'session.resume': launched,
  'session.worktree': nothing,
  'session.start': nothing,
  'session.adopt': nothing,
  'session.parking': nothing,
  'session.closing': (telling, _, at) => {
    pause(telling, at);
    answered(telling, at, 'ended');
  },
  'session.close': nothing,
  'session.restore': nothing,
  'session.restore_row': nothing,
  // The prompt itself is told; so is the loss, with its reason.
  'task.prompt': (telling, event) => {
    if (event.source === 'person') say(telling, event, eventWords(event));
  },
  'task.lose': (telling, event) => {
    if (telling.last.at !== event.at) say(telling, event, eventWords(event));
  },
  'trash.add': (telling, event) => {
    telling.saved = eventWords(event);
  },
  'trash.restore': nothing,
  'task.kill': ending,
  'task.finish': ending,
  'task.merge': ending,
  'pull_request.update': pullRequestRead,
  'task.ci_fail': judged,
  'task.conflict': judged,
  'task.resolve': judged,
  'pull_request.add': (telling, event) => {
    const { number } = event.data;
    const made = event.source === 'hook' && typeof number === 'number';
    say(telling, event, made ? `opened pull request #${number}` : eventWords(event));
  },
  'task.deliver': (telling, event) => {
    const line = telling.lines.at(-1);
    // That it is there was told a moment ago.
    if (telling.last.kind === 'pull_request.add' && event.data.pullRequest !== undefined) return;
    if (line !== undefined && telling.last.at === event.at) line.text += '; delivered';
    else say(telling, event, eventWords(event));
  },
};
