import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { formatMoment } from '#domain/words/clock-time.ts';
import { errorRule } from './error-code.ts';
import { wasLeft } from './step.ts';

/** Who goes on with an autonomous task whose Claude stopped in the middle of its work, and why it stopped, as a phrase. */
export interface AttemptStanding {
  of: 'person' | 'clock';
  text: string;
  /** When it is tried again, in milliseconds since 1970; null where that is not known yet. */
  until: number | null;
}

type StandingTask = Pick<Task, 'mode' | 'status'> & Partial<Pick<Task, 'retryAt' | 'held'>>;
type StandingSession = Pick<Session, 'activity'> & Partial<Pick<Session, 'failure' | 'parkedAt'>>;

/** Null for a task that works, that never ran alone, or that has come to its end. */
export function attemptStanding(
  { mode, status, retryAt = null, held = null }: StandingTask,
  session: StandingSession,
): AttemptStanding | null {
  if (mode !== 'autonomous' || (status !== 'working' && status !== 'interrupted')) return null;
  if (held !== null) return null;
  const { failure = null, activity, parkedAt = null } = session;
  const over = activity.name === 'ended' || activity.name === 'lost';
  if (!over && activity.name !== 'idle') return null;
  const rule = failure === null ? null : errorRule(failure);
  const { detail } = activity;
  const text =
    rule === null
      ? (detail ?? 'its session ended')
      : `Claude ${rule.words}${detail === null ? '' : `: ${detail}`}`;
  if (retryAt !== null) return { of: 'clock', text, until: Date.parse(retryAt) };
  if (rule?.retry === 'person') return { of: 'person', text, until: null };
  if (rule !== null) return { of: 'clock', text, until: null };
  if (!over || status !== 'interrupted' || parkedAt !== null) return null;
  return { of: wasLeft(session) ? 'person' : 'clock', text, until: null };
}

/** When it is tried again, as a phrase. */
export function againWords({ until }: Pick<AttemptStanding, 'until'>, now: number): string {
  return until === null ? 'about to be tried again' : `tried again at ${formatMoment(until, now)}`;
}
