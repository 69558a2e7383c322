import type { Doing } from '#domain/progress.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import type { Repetition } from '#domain/transcript.ts';

/** From how much on a Claude looks as if it ran in circles; 0 for never. */
export interface AlarmSettings {
  sameCalls: number;
  tokens: number;
  minutes: number;
}

/** What is known of how a Claude gets on. */
export interface AlarmFacts {
  task: Pick<Task, 'mode'>;
  session: Pick<Session, 'activity' | 'promptedAt'>;
  doing: Doing | null;
  headway: { freshTokens: number; committedAt: number | null; repeated: Repetition | null };
  settings: AlarmSettings;
  /** Milliseconds since 1970. */
  now: number;
}

/** Why a Claude looks as if it runs in circles, as a phrase that stays the same as long as that lasts; null when it does not. */
export function alarmOf(facts: AlarmFacts): string | null {
  const { session, settings, headway, task } = facts;
  if (session.activity.name !== 'working') return null;
  const { repeated } = headway;
  const since = session.promptedAt ?? 0;
  // What was read last may be from before the prompt.
  const again = repeated !== null && repeated.at >= since ? repeated : null;
  if (settings.sameCalls > 0 && again !== null && again.times >= settings.sameCalls) {
    return `the same call again and again: ${again.text}`;
  }
  // Where nothing is to be changed, no change is no sign.
  if (task.mode === 'exploration') return null;
  const isRead = facts.doing !== null && facts.doing.since >= since;
  if (settings.tokens > 0 && isRead && headway.freshTokens >= settings.tokens) {
    return `${Math.round(settings.tokens / 1_000)}k tokens without a changed file`;
  }
  const began = Math.max(session.activity.since, headway.committedAt ?? 0);
  if (settings.minutes > 0 && facts.now - began >= settings.minutes * 60_000) {
    return `${settings.minutes} minutes of work without a commit`;
  }
  return null;
}
