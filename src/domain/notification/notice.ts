import type { News, NoticeKind } from './news.ts';

/** An episode that a person was told of, or was spared, and that is not over. */
export interface Notice {
  task: number;
  kind: NoticeKind;
  /** ISO time in UTC since when it waits. */
  since: string;
}

/** One of these ends and begins again within moments, so that its time tells it from the one before. The others last until the task moves. */
const BY_TIME: ReadonlySet<NoticeKind> = new Set(['permission', 'question', 'plan']);

/** Older than this when it is first seen, it is no news: claustre was updated, or the machine was off. */
export const NEWS_MS = 10 * 60_000;

/** What has begun to wait since the notices were written, and which of them are over. */
export function compareNotices(
  known: readonly Notice[],
  entries: readonly News[],
): { begun: News[]; over: Notice[] } {
  const isEpisode = (notice: Notice, entry: News): boolean => {
    if (notice.task !== entry.task) return false;
    // Only a newer word is news: when it is decided about, an older one is the newest again.
    if (entry.kind === 'comments') {
      return notice.kind === 'comments' && notice.since >= entry.since;
    }
    if (!BY_TIME.has(entry.kind)) return notice.kind === entry.kind;
    // What Claude asks may first be known without its kind; the hook that comes after tells it.
    return BY_TIME.has(notice.kind) && notice.since === entry.since;
  };
  return {
    begun: entries.filter(
      (entry) => entry.lasts !== true && !known.some((notice) => isEpisode(notice, entry)),
    ),
    over: known.filter((notice) => !entries.some((entry) => isEpisode(notice, entry))),
  };
}

/** What decides whether a person is told. */
export interface Circumstances {
  enabled: boolean;
  /** Kinds of which a person wants to hear. */
  events: readonly NoticeKind[];
  /** Tasks whose session is on a terminal that somebody looks at. */
  watched: ReadonlySet<number>;
  /** Milliseconds since 1970. */
  now: number;
}

/** Whether a person is told of what has begun to wait. */
export function isTold(entry: News, { enabled, events, watched, now }: Circumstances): boolean {
  if (!enabled || !events.includes(entry.kind) || watched.has(entry.task)) return false;
  return now - Date.parse(entry.seenAt ?? entry.since) < NEWS_MS;
}
