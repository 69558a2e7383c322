import type { Staleness } from '#domain/pull-request/stale.ts';
import type { Turn } from '#domain/pull-request/turn.ts';
import { formatClockTime } from '#domain/words/clock-time.ts';
import { formatDuration } from './duration.ts';
import { turnSign } from './status.ts';

/** Whose turn it is and why: "reviewers: waits for a review"; a person's own without saying so, since a sign or a list does. Any text. */
export function formatTurn({ of, text }: Pick<Turn, 'of' | 'text'>, now: number): string {
  const said = text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, (iso) =>
    formatClockTime(Date.parse(iso), now),
  );
  return of === null || of === 'you' ? said : `${turnSign(of).label}: ${said}`;
}

/** How old the news is: "stale 4 min", "stale 2h 5m", "never read". */
export function formatStale({ readAt }: Staleness, now: number): string {
  if (readAt === null) return 'never read';
  const minutes = Math.max(0, Math.floor((now - readAt) / 60_000));
  if (minutes === 0) return 'stale';
  return minutes < 60 ? `stale ${minutes} min` : `stale ${formatDuration(minutes * 60_000)}`;
}
