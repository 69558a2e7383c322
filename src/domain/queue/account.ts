import type { Session } from '#domain/session.ts';
import type { Limit } from '#domain/usage.ts';
import { formatMoment } from '#domain/words/clock-time.ts';
import { limitHold, nextAfterReset, windowWords } from './limit.ts';
import { quietUntil, readQuietHours } from './quiet-hours.ts';
import type { QueueSettings } from './settings.ts';
import type { Wait } from './wait.ts';

/** What stands against starting anything by itself, whichever task it is. */
export interface AccountFacts {
  limits: readonly Limit[];
  settings: Pick<QueueSettings, 'reservePercent' | 'quietHours'>;
  /** The model that would run; null when it is not known. */
  model?: string | null;
  /** When something was last started or told to go on by itself, in milliseconds since 1970; null for never. */
  lastStartAt?: number | null;
  now: number;
}

/** When something of these was last started or told to go on, in milliseconds since 1970; null when nothing was. */
export function lastStartOf(
  sessions: Iterable<Pick<Session, 'movedAt' | 'promptedAt'>>,
): number | null {
  let last: number | null = null;
  for (const { movedAt, promptedAt } of sessions) {
    last = Math.max(last ?? 0, movedAt, promptedAt ?? 0);
  }
  return last;
}

/** A person's own launch waits for nothing of this. */
const LAUNCH = 'What you launch yourself starts at once.';

/** Why nothing starts by itself now: a usage limit, the person's part of it, quiet hours, others that go on after a reset. */
export function accountWait(facts: AccountFacts): Wait | null {
  return limitWait(facts) ?? quietWait(facts) ?? afterReset(facts);
}

/** What holds a Claude that ran into a limit, as a phrase. */
export function limitedWords({ limits, now }: Pick<AccountFacts, 'limits' | 'now'>): string {
  const settings = { reservePercent: 0, quietHours: null };
  return limitWait({ limits, settings, now })?.text ?? 'its usage limit is over';
}

function limitWait({ limits, settings, model = null, now }: AccountFacts): Wait | null {
  const { reservePercent } = settings;
  const hold = limitHold(limits, { reservePercent, model }, now);
  if (hold === null) return null;
  const { limit, until, reached } = hold;
  if (reached && limit.resetsAt === null) {
    return {
      kind: 'limit',
      text: `usage limit, asked again at ${formatMoment(until, now)}`,
      until,
      remedy: 'Nobody said when it ends; one task finds out.',
    };
  }
  const time = formatMoment(until, now);
  if (reached) {
    const remedy = 'Everything goes on by itself then.';
    return { kind: 'limit', text: `usage limit until ${time}`, until, remedy };
  }
  const used = `${Math.floor(limit.usedPercent)} % of the ${windowWords(limit.window)} is used`;
  return {
    kind: 'limit',
    text: `${used}; the rest is yours until ${time}`,
    until,
    remedy: `${LAUNCH} [queue] reserve_percent says how much is left to you.`,
  };
}

function quietWait({ settings, now }: AccountFacts): Wait | null {
  const hours = settings.quietHours === null ? null : readQuietHours(settings.quietHours);
  const until = hours === null ? null : quietUntil(hours, now);
  if (until === null) return null;
  return {
    kind: 'quiet',
    text: `quiet hours until ${formatMoment(until, now)}`,
    until,
    remedy: LAUNCH,
  };
}

function afterReset({ limits, settings, lastStartAt = null, now }: AccountFacts): Wait | null {
  const until = nextAfterReset(limits, settings.reservePercent, lastStartAt, now);
  if (until === null) return null;
  const text = 'the usage limit was reset; one after the other goes on';
  return { kind: 'limit', text, until, remedy: null };
}
