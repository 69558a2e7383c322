import { budgetLeft, type HostState, isInTrouble } from '#domain/pull-request/host.ts';
import { formatClockTime } from '#domain/words/clock-time.ts';
import { plainLine } from './text.ts';

const THOUSANDS = new Intl.NumberFormat('en-US');

/** How a host is called on the screen. */
function hostName(host: string): string {
  return host.toLowerCase() === 'github.com' ? 'GitHub' : plainLine(host);
}

/**
 * The state of a host in a few words: `GitHub 4,312/5,000`, in trouble `GitHub: paused until 14:05,
 * data from 13:41`; null when there is nothing to say. `now` in milliseconds since 1970.
 */
export function formatHost(state: HostState, now: number): string | null {
  const name = hostName(state.host);
  if (state.trouble !== null && isInTrouble(state, now)) {
    const why =
      state.pausedUntil === null
        ? reasonWords(state.trouble, state.host, name)
        : `${name}: paused until ${formatClockTime(Date.parse(state.pausedUntil), now)}`;
    const from =
      state.readAt === null
        ? 'nothing read yet'
        : `data from ${formatClockTime(Date.parse(state.readAt), now)}`;
    return `${why}, ${from}`;
  }
  const left = formatBudget(state, now);
  return left === null ? null : `${name} ${left}`;
}

/** Why it cannot be asked, as the begin of a sentence that names the host once. */
function reasonWords(trouble: string, host: string, name: string): string {
  const reason = plainLine(trouble).replace(/\.$/, '').replaceAll(host, name);
  return reason.includes(name) ? reason : `${name}: ${reason}`;
}

/** What is left of the hourly budget: `4,312/5,000`; null where there is none. */
function formatBudget(state: HostState, now: number): string | null {
  const left = budgetLeft(state, now);
  if (left === null) return null;
  return `${THOUSANDS.format(left.remaining)}/${THOUSANDS.format(left.limit)}`;
}

/** The one that a person should know of first: in trouble, else the one that has least left; null for none. */
export function hostToTell(states: readonly HostState[], now: number): HostState | null {
  const share = (state: HostState): number => {
    const left = budgetLeft(state, now);
    return left === null ? 2 : left.remaining / left.limit;
  };
  const rank = (state: HostState): number => (isInTrouble(state, now) ? -1 : share(state));
  return states.toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
}
