import type { Store } from '#app.ts';
import { type Activity, isAsking } from '#domain/activity.ts';
import { endedBy, type Request, type RequestEnd, stillAsks } from '#domain/claude/request.ts';
import type { HookEvent } from '#domain/hook-event.ts';
import type { Session } from '#domain/session.ts';

/** What a report changes of that which Claude asks; decided before anything is written. */
export interface RequestChanges {
  /** The session's activity, as its open requests leave it. */
  activity: Activity;
  asked: Request | null;
  ended: readonly { request: Request; by: RequestEnd }[];
  changed: boolean;
}

/** `folded` is the activity that the event alone leads to. */
export function decideRequests(
  { requests }: Pick<Store, 'requests'>,
  session: Session,
  event: HookEvent,
  report: { uid: string; at: number; waiter?: number },
  folded: Activity,
): RequestChanges {
  const { uid, at, waiter } = report;
  // A session with open requests asks, so that most reports need no look.
  const open = isAsking(session.activity.name) ? requests.openOf(session.id) : [];
  const ended = endedBy(open, event, at);
  const left = open.filter((request) => !ended.some((each) => each.request === request));
  const activity = stillAsks(folded, left);
  // What was parked may tell of a question that is long answered.
  const asks = event.asked !== null && session.state !== 'closing' && isAsking(activity.name);
  const asked: Request | null =
    event.asked === null || !asks
      ? null
      : {
          ...event.asked,
          id: uid,
          sessionId: session.id,
          taskId: session.taskId,
          askedAt: at,
          waiter: waiter ?? null,
          answer: null,
          closedAt: null,
          closedBy: null,
        };
  return { activity, asked, ended, changed: asked !== null || ended.length > 0 };
}

/** Call it in the transaction of the session's change, before it: that one closes whatever the session no longer asks. */
export function commitRequests(
  { requests }: Pick<Store, 'requests'>,
  { asked, ended }: RequestChanges,
  at: number,
): void {
  for (const { request, by } of ended) requests.close(request.id, at, by);
  if (asked !== null) requests.add(asked);
}
