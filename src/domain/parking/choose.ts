import type { Session } from '#domain/session.ts';
import { whyNotPark } from './park.ts';

/** A Claude that has just ended its turn may be told to go on at once. */
const SETTLED_MS = 10_000;
/** One that was woken was woken for something. */
const WOKEN_MS = 5 * 60_000;

export interface ParkingFacts {
  /** The open sessions. */
  sessions: readonly Session[];
  /** Tasks in the middle of a round. */
  inRound: ReadonlySet<number>;
  maxLive: number;
  /** Megabytes; null where it was not asked for, or nobody knows. */
  freeMb: number | null;
  minFreeMb: number;
  /** After how many milliseconds a session is parked in any case; 0 for never. */
  parkAfterMs: (session: Session) => number;
  /** One that was refused a short while ago. It lives, but is not chosen. */
  isLeft: (session: Session) => boolean;
  /** Milliseconds since 1970. */
  now: number;
}

export interface Parking {
  session: Session;
  /** Why, as a phrase for people. */
  why: string;
}

/** Whether a process of Claude's belongs to a session: one that prints has none between two turns. */
export function isLive({ state, activity, runner }: Session): boolean {
  if (state !== 'open' && state !== 'opening') return false;
  if (activity.name === 'ended' || activity.name === 'lost') return false;
  return runner === 'interactive' || activity.name !== 'idle';
}

/**
 * Which idle Claudes are parked now, those that are idle longest first: as many as there are too many, one where memory is short (the next look
 * shows what that gave back), and those that are idle longer than is wanted. `nextAt` is when time alone may change that; null for never.
 */
export function chooseToPark(facts: ParkingFacts): { park: Parking[]; nextAt: number | null } {
  const { sessions, inRound, maxLive, freeMb, minFreeMb, parkAfterMs, isLeft, now } = facts;
  const live = sessions.filter(isLive);
  const idle = live
    .filter(
      (session) =>
        session.runner === 'interactive' &&
        !isLeft(session) &&
        whyNotPark(session, inRound.has(session.taskId) ? { kind: 'fix' } : null) === undefined,
    )
    .toSorted((a, b) => a.activity.since - b.activity.since);
  const tooMany = live.length - maxLive;
  const short = freeMb !== null && freeMb < minFreeMb;
  const park: Parking[] = [];
  const later: number[] = [];
  for (const session of idle) {
    const limit = parkAfterMs(session);
    const wanted = park.length < tooMany || (short && park.length === 0);
    const dueAt = wanted ? restsSince(session) : session.activity.since + limit;
    if (!wanted && limit === 0) continue;
    if (dueAt > now) {
      later.push(dueAt);
      continue;
    }
    const minutes = Math.round(limit / 60_000);
    if (park.length < tooMany) park.push({ session, why: `${live.length} Claudes lived` });
    else if (wanted) park.push({ session, why: `${freeMb} MB of memory were free` });
    else park.push({ session, why: `idle for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}` });
  }
  return { park, nextAt: later.length === 0 ? null : Math.min(...later) };
}

/** From when on it may be taken for one that nobody is about to use. */
function restsSince({ activity, movedAt, promptedAt }: Session): number {
  return activity.since + (movedAt > (promptedAt ?? 0) ? WOKEN_MS : SETTLED_MS);
}
