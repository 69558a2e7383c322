import type { Activity } from '#domain/activity.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import type { Attempt } from '#domain/usage.ts';
import { type ErrorCode, errorRule } from './error-code.ts';

/** Everything that the next step of an autonomous task's attempt is decided from. */
export interface AttemptFacts {
  task: Pick<Task, 'mode' | 'status' | 'retryAt' | 'held'>;
  session: Pick<
    Session,
    | 'state'
    | 'activity'
    | 'promptedAt'
    | 'turnEndedAt'
    | 'judgedAt'
    | 'movedAt'
    | 'parkedAt'
    | 'failure'
  >;
  /** The attempt that runs; null for none. */
  attempt: Pick<Attempt, 'workedMs'> | null;
  /** Minutes that it may work; null for any. */
  minutes: number | null;
  /** Milliseconds since 1970. */
  now: number;
}

/** What the clock does about an attempt now. */
export type AttemptStep =
  | { act: 'nothing' }
  /** Nothing changes before this moment by itself. */
  | { act: 'wait'; until: number }
  /** It ended badly, and that is not written down yet. */
  | { act: 'fail'; code: ErrorCode; text: string }
  /** Claude works on although it worked too long. */
  | { act: 'stop' }
  /** The moment of the next try has come. */
  | { act: 'go_on' }
  /** It goes on already, whoever saw to it. */
  | { act: 'goes_on' };

const NOTHING: AttemptStep = { act: 'nothing' };

/** An end of a turn is reported at once; without a report for this long there was none: a person pressed Escape. */
const SILENT_MS = 10_000;
/** No failure makes an attempt wait longer. */
const LONGEST_WAIT_MS = 10 * 60_000;
/** A Claude that was started with a prompt has taken it by then. */
const UNPROMPTED_MS = 90_000;

/**
 * The next step of an attempt. Only what a person surely did not do is undone: an interrupted turn, an /exit and a session out of the trash are
 * left alone.
 */
export function attemptStep(facts: AttemptFacts): AttemptStep {
  const { task, session } = facts;
  // What holds a task that was stopped from outside lets it go on by itself, or a person does.
  if (task.mode !== 'autonomous' || task.held !== null) return NOTHING;
  if (session.state === 'closing') return NOTHING;
  if (task.status !== 'working' && task.status !== 'interrupted') return NOTHING;
  switch (session.activity.name) {
    case 'ended':
    case 'lost':
      return overStep(facts);
    case 'idle':
      return idleStep(facts);
    case 'starting':
    case 'working':
      return workingStep(facts);
    default:
      return NOTHING;
  }
}

function retryStep({ task, now }: AttemptFacts): AttemptStep | null {
  if (task.retryAt === null) return null;
  const until = Date.parse(task.retryAt);
  // A clock that was set back must not make it wait for hours.
  return until <= now || until > now + LONGEST_WAIT_MS ? { act: 'go_on' } : { act: 'wait', until };
}

/** Claude's process is over. What its last turn left behind is judged first. */
function overStep(facts: AttemptFacts): AttemptStep {
  const { task, session } = facts;
  if (!isRestarted(task, session)) return NOTHING;
  const { turnEndedAt, promptedAt, judgedAt, activity } = session;
  const ended = turnEndedAt !== null && turnEndedAt >= (promptedAt ?? 0);
  if (ended && (judgedAt ?? 0) < turnEndedAt) return NOTHING;
  const code: ErrorCode = wasKilled(activity) ? 'killed' : 'exited';
  const text = activity.detail ?? 'it gave no reason';
  return retryStep(facts) ?? { act: 'fail', code, text };
}

/** Whether a Claude whose process is over is started again by itself, now or in a moment. */
export function isRestarted(
  { mode, status, held }: Pick<Task, 'mode' | 'status' | 'held'>,
  session: Pick<Session, 'activity' | 'parkedAt' | 'failure'>,
): boolean {
  if (mode !== 'autonomous' || status !== 'interrupted' || held !== null) return false;
  if (session.parkedAt !== null || wasLeft(session)) return false;
  const { failure, activity } = session;
  // Only a Claude that lives is told to go on after the reset of its limit.
  if (failure === 'rate_limit' && wasKilled(activity)) return true;
  return failure === null || errorRule(failure).retry !== 'person';
}

/** Whether a person ended it: by /exit, or by taking it out of the trash, which starts nothing. */
export function wasLeft({ activity }: Pick<Session, 'activity'>): boolean {
  if (activity.name === 'ended' && activity.source === 'claustre') return true;
  return activity.detail === 'left by /exit';
}

function wasKilled({ name, detail }: Activity): boolean {
  return name === 'lost' || /\bsignal\b/.test(detail ?? '');
}

function idleStep(facts: AttemptFacts): AttemptStep {
  const { task, session, now } = facts;
  const { failure, promptedAt, turnEndedAt, movedAt, activity } = session;
  if (failure !== null) {
    if (errorRule(failure).retry === 'person') return NOTHING;
    const text = activity.detail ?? errorRule(failure).words;
    return retryStep(facts) ?? { act: 'fail', code: failure as ErrorCode, text };
  }
  if (task.retryAt !== null) return { act: 'goes_on' };
  if ((promptedAt ?? 0) < movedAt) {
    return after(facts, Math.max(movedAt, activity.since) + UNPROMPTED_MS, {
      ...{ act: 'fail', code: 'unknown' },
      text: 'it was started, but took no prompt',
    });
  }
  if (promptedAt === null || promptedAt <= (turnEndedAt ?? 0)) return NOTHING;
  const began = Math.max(activity.since, promptedAt);
  // A clock that was set back: nobody knows how long ago that was.
  const silent = began > now + SILENT_MS ? now : began + SILENT_MS;
  const text = 'its turn was interrupted';
  return after(facts, silent, { act: 'fail', code: 'interrupted', text });
}

function after({ now }: AttemptFacts, until: number, step: AttemptStep): AttemptStep {
  return now >= until ? step : { act: 'wait', until };
}

function workingStep(facts: AttemptFacts): AttemptStep {
  const { task, session, attempt, minutes } = facts;
  const { activity, failure } = session;
  if (failure === 'timed_out' && activity.name === 'working') {
    // Claude's own file tells of a new turn before its prompt is reported: it may be of somebody who lets it go on.
    if (activity.source !== 'sessions_file') return { act: 'stop' };
    return after(facts, activity.since + SILENT_MS, { act: 'stop' });
  }
  if (task.retryAt !== null) return { act: 'goes_on' };
  if (activity.name !== 'working') return NOTHING;
  // A person told it how to go on after its attempt was over.
  if (attempt === null) return { act: 'goes_on' };
  if (minutes === null) return NOTHING;
  const most = minutes * 60_000;
  const until = activity.since + most - (attempt.workedMs ?? 0);
  const text = `it worked for more than ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  return after(facts, until, { act: 'fail', code: 'timed_out', text });
}
