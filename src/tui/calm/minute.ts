import type { Snapshot } from '#app.ts';
import { staleness } from '#domain/pull-request/stale.ts';
import { OLD_AFTER_MS } from '#tui/panels/usage-panel.tsx';
import type { View } from '#tui/view.ts';

const MINUTE_MS = 60_000;

/**
 * Whether the screen says something else at `now` than at the time that it shows: it is another day, a Claude works and the time of its
 * turn is counted, the news of a pull request is old, a limit of the account was reset or its figure became old, or something is open that tells how long ago things were.
 * A screen that would stay as it is is not even made again: that is most of what an idle dashboard would cost.
 */
export function tellsTime(
  view: View,
  { sessions, limits, pullRequests, hosts, queue }: Snapshot,
  now: number,
): boolean {
  if (now - view.now < MINUTE_MS) return false;
  // How long everything is paused stands in the title bar.
  if (queue.pausedAt !== null) return true;
  if (view.dialog !== null || dayOf(now) !== dayOf(view.now)) return true;
  if ([...sessions.values()].some(({ activity }) => activity.name === 'working')) return true;
  const ages = [...pullRequests.values()].some((each) => {
    const host = hosts.find(({ host: name }) => name === each.host) ?? null;
    return staleness(each, host, now) !== null;
  });
  if (ages) return true;
  const passed = (at: number | null): boolean => at !== null && at > view.now && at <= now;
  return limits.some(({ resetsAt, readAt }) => passed(resetsAt) || passed(readAt + OLD_AFTER_MS));
}

function dayOf(at: number): string {
  return new Date(at).toDateString();
}
