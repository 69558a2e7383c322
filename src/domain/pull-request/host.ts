/** What GitHub tells of the hourly budget of requests, after one or several of them. */
export interface Budget {
  /** Points that the requests themselves cost. */
  cost: number;
  remaining: number;
  limit: number;
  /** ISO time. */
  resetsAt: string;
}

/** What is known of one GitHub host: the person's hourly budget, and whether it answers. Times are ISO texts. */
export interface HostState {
  host: string;
  /** Who gh is logged in as. */
  login: string | null;
  /** Points an hour; null where the host has no limit, or has not told. */
  budgetLimit: number | null;
  remaining: number | null;
  resetsAt: string | null;
  /** Points that claustre itself has used since `usedSince`, the begin of this hour of the budget. */
  used: number;
  usedSince: string | null;
  /** When a request was last answered. */
  readAt: string | null;
  /** When it is asked next. */
  nextAt: string | null;
  /** Why it could not be asked; null while it can. */
  trouble: string | null;
  troubleSince: string | null;
  /** Until when GitHub wants no request; null when it has not said. */
  pausedUntil: string | null;
}

/** What a request, or several in a row, told of the host itself. */
export interface HostWord {
  login: string | null;
  budget: Budget | null;
  /** Why nothing could be learned; `until` when GitHub named a time, in milliseconds since 1970. */
  trouble: { reason: string; until?: number } | null;
}

const HOUR_MS = 60 * 60_000;
/** A limit is one of an hour: whoever names a later end has another clock. */
export const LONGEST_PAUSE_MS = HOUR_MS;
/** GitHub's clock and ours differ by seconds where both are right. */
const CLOCKS_MS = 60_000;

/** The cost of both, and the newer word about what is left. */
export function addBudgets(first: Budget | null, second: Budget | null): Budget | null {
  if (first === null || second === null) return second ?? first;
  return { ...second, cost: first.cost + second.cost };
}

/** The state of a host after it was asked. `now` in milliseconds since 1970. */
export function hostAfter(
  known: HostState | null,
  host: string,
  { login, budget, trouble }: HostWord,
  now: number,
): HostState {
  const before = known ?? unaskedHost(host);
  const at = new Date(now).toISOString();
  const learned = {
    ...before,
    ...(budget === null ? {} : spent(before, budget, now)),
    login: login ?? before.login,
    readAt: trouble === null || budget !== null ? at : before.readAt,
    nextAt: null,
  };
  // In a pause nothing is sent: what was answered meanwhile was asked before it, and says nothing of its end.
  if (trouble?.until === undefined && pauseOf(before, now) !== null) return learned;
  return {
    ...learned,
    trouble: trouble?.reason ?? null,
    troubleSince: trouble === null ? null : (before.troubleSince ?? at),
    pausedUntil: trouble?.until === undefined ? null : new Date(trouble.until).toISOString(),
  };
}

/** The state of a host after something used points of it, and learned nothing of the host itself. */
export function hostSpent(
  known: HostState | null,
  host: string,
  budget: Budget,
  now: number,
): HostState {
  const before = known ?? unaskedHost(host);
  return { ...before, ...spent(before, budget, now) };
}

/** Why nothing is sent to a host now, and until when; null while something may be. */
export function pauseOf(
  state: HostState | null,
  now: number,
): { until: number; reason: string } | null {
  if (state === null || state.pausedUntil === null || state.trouble === null) return null;
  const until = Date.parse(state.pausedUntil);
  const isNow = until > now && until <= now + LONGEST_PAUSE_MS + CLOCKS_MS;
  return isNow ? { until, reason: state.trouble } : null;
}

function unaskedHost(host: string): HostState {
  return {
    host,
    login: null,
    budgetLimit: null,
    remaining: null,
    resetsAt: null,
    used: 0,
    usedSince: null,
    readAt: null,
    nextAt: null,
    trouble: null,
    troubleSince: null,
    pausedUntil: null,
  };
}

/** What is left, and how much of this hour was our own: with a new hour the count begins anew. */
function spent(
  before: HostState,
  budget: Budget,
  now: number,
): Pick<HostState, 'budgetLimit' | 'remaining' | 'resetsAt' | 'used' | 'usedSince'> {
  const resets = Math.min(Date.parse(budget.resetsAt), now + HOUR_MS);
  const since = resets - HOUR_MS;
  // GitHub's clock may jump by seconds between two answers of one hour.
  const sameHour =
    before.usedSince !== null && Math.abs(Date.parse(before.usedSince) - since) < HOUR_MS / 2;
  return {
    budgetLimit: budget.limit,
    remaining: budget.remaining,
    resetsAt: new Date(resets).toISOString(),
    used: (sameHour ? before.used : 0) + budget.cost,
    usedSince: sameHour ? before.usedSince : new Date(since).toISOString(),
  };
}

/** Points that are left to the agents and the person, who share the limit. */
const RESERVE = 200;
/** Of the limit: below this only a person's refresh asks. */
const LOW = 0.1;
/** The most of the limit that claustre takes for itself. */
const OWN_SHARE = 0.2;

/** Until when nothing is read by itself so that enough is left for everybody else; null when there is enough. */
export function savesUntil(state: HostState | null, now: number): number | null {
  const left = hourOf(state, now);
  if (left === null) return null;
  const { remaining, limit, used, resets } = left;
  const scarce = remaining < RESERVE || remaining < limit * LOW || used >= limit * OWN_SHARE;
  return scarce ? resets : null;
}

/** By how much readings are stretched when the hourly budget runs low. */
export function budgetFactor(state: HostState | null, now: number): number {
  const left = hourOf(state, now);
  if (left === null) return 1;
  if (left.remaining < left.limit * 0.2) return 4;
  return left.remaining < left.limit * 0.5 ? 2 : 1;
}

/** How much later than planned a host may be asked before it is clear that it is not asked any more. */
const LATE_MS = 3 * 60_000;

/** Whether the trouble is one of now: where nothing is read any more nobody finds out that it is over. A pause has an end of its own. */
export function isInTrouble(state: HostState, now: number): boolean {
  const { trouble, nextAt } = state;
  if (pauseOf(state, now) !== null) return true;
  return trouble !== null && nextAt !== null && now <= Date.parse(nextAt) + LATE_MS;
}

/** What is left of this hour's budget; null where that is not known. */
export function budgetLeft(
  state: HostState,
  now: number,
): { remaining: number; limit: number; used: number } | null {
  return hourOf(state, now);
}

/** The budget of this hour; null where there is none, it is not known, or it was for an hour that is over. */
function hourOf(
  state: HostState | null,
  now: number,
): { remaining: number; limit: number; used: number; resets: number } | null {
  if (state === null) return null;
  const { remaining, budgetLimit, resetsAt, used } = state;
  if (remaining === null || budgetLimit === null || budgetLimit <= 0 || resetsAt === null)
    return null;
  const resets = Date.parse(resetsAt);
  // What ends in more than an hour was written while the clock was wrong, and nobody knows when it ends.
  const isNow = resets > now && resets <= now + HOUR_MS + CLOCKS_MS;
  return isNow ? { remaining, limit: budgetLimit, used, resets } : null;
}
