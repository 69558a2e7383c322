import type { App } from '#app.ts';
import { isLanding } from '#domain/pull-request/landing.ts';

/** Whether there is something that only the supervisor does: a session or a pull request to follow, or what a merge has left to do. */
export function isSupervisorNeeded({ store, clock }: Pick<App, 'store' | 'clock'>): boolean {
  const { sessions, pullRequests } = store;
  if (sessions.open().length > 0 || pullRequests.open().length > 0) return true;
  const now = clock.now();
  return pullRequests.unlanded().some((each) => isLanding(each, now));
}
