import type { HostState } from './host.ts';
import type { PullRequest } from './pull-request.ts';

/** What is known of a pull request is old, and why. */
export interface Staleness {
  /** The last good reading, in milliseconds since 1970; null when there was none. */
  readAt: number | null;
  /** Why it could not be read since; null when nobody has tried. */
  reason: string | null;
}

/** The slowest poll of a quiet pull request, on a host whose hourly budget runs low, and some minutes more. */
const NOBODY_READS_MS = 70 * 60_000;

/** Null as long as what is known of an open pull request is as new as it can be expected to be. `now` in milliseconds since 1970. */
export function staleness(
  { state, readAt, staleReason }: Pick<PullRequest, 'state' | 'readAt' | 'staleReason'>,
  host: Pick<HostState, 'trouble' | 'troubleSince'> | null,
  now: number,
): Staleness | null {
  if (state !== 'open') return null;
  const read = readAt === null ? null : Date.parse(readAt);
  if (staleReason !== null) return { readAt: read, reason: staleReason };
  if (host !== null && host.trouble !== null) {
    const since = host.troubleSince === null ? now : Date.parse(host.troubleSince);
    // What was read after the trouble began was read all the same.
    if (read === null || read <= since) return { readAt: read, reason: host.trouble };
  }
  if (read === null || now - read < NOBODY_READS_MS) return null;
  return { readAt: read, reason: null };
}
