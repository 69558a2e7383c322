import type { App, Pane } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { isParked } from '#domain/parking/park.ts';
import { wantsReviewLoop } from '#domain/pull-request/review.ts';
import { isBetweenTurns, type Session } from '#domain/session.ts';
import { endRound } from '#operations/round/end.ts';

/** The part of the window that the loop takes from Claude's pane, below it. */
const PERCENT = 25;

/** Sessions whose task is in review with its review loop turned on. Nothing outside of the database is asked. */
export function loopedSessions({ store }: Pick<App, 'store'>): Session[] {
  return store.sessions.open().filter((session) => {
    const task = store.tasks.find(session.taskId);
    return (
      task?.loop === true && wantsReviewLoop(task, session, store.pullRequests.of(session.taskId))
    );
  });
}

/** Whether a round of a review loop is recorded as open whose loop nobody wants any more. */
export function hasOrphans(app: Pick<App, 'store'>, looped: readonly Session[]): boolean {
  return orphans(app, looped).length > 0;
}

/**
 * Opens the pane of the review loop in each of these sessions that has none and is due, without the focus, and ends rounds that no loop
 * will end. Returns the sessions in which one was opened.
 */
export async function openReviewPanes(
  app: App,
  looped: readonly Session[],
  isDue: (session: Session) => boolean = () => true,
): Promise<Session[]> {
  const panes = await app.tmux.panes();
  const hasLoop = (session: Session): boolean => hasReviewPane(session, panes);
  for (const round of orphans(app, looped)) {
    const session = app.store.sessions.openOf(round.taskId);
    if (session !== null && hasLoop(session)) continue;
    const end = { outcome: 'stopped', note: 'The review loop was over.' } as const;
    endRound(app, round, end);
  }
  const opened: Session[] = [];
  for (const session of looped.filter((each) => !hasLoop(each) && isDue(each))) {
    if (await openPane(app, session, panes)) opened.push(session);
  }
  return opened;
}

/** Whether the loop of a session is among these panes. */
export function hasReviewPane({ id }: Pick<Session, 'id'>, panes: readonly Pane[]): boolean {
  return panes.some(({ session, review, dead }) => session === id && review === true && !dead);
}

function orphans({ store }: Pick<App, 'store'>, looped: readonly Session[]) {
  const kept = new Set(looped.map(({ taskId }) => taskId));
  return store.rounds.open().filter(({ kind, taskId }) => kind === 'review' && !kept.has(taskId));
}

/** Beside Claude, else beside whatever is left of its session; false when nothing is, or there is no room. */
async function openPane(
  { tmux, paths, log }: App,
  session: Session,
  panes: readonly Pane[],
): Promise<boolean> {
  // What is left of a Claude that only rests has its place.
  const rests = isParked(session) || isBetweenTurns(session);
  const own = panes.filter(({ session: of, dead }) => of === session.id && (rests || !dead));
  const of = own.find(({ pane }) => pane === session.pane) ?? own[0];
  if (of === undefined) return false;
  const opened = await tmux.openShell({
    ...{ of: of.pane, side: 'down', percent: PERCENT, focus: false, review: true },
    ...{ cwd: session.worktree, env: { CLAUSTRE_HOME: paths.home } },
    argv: [paths.node, paths.main, 'review-loop', '--session-id', session.id],
  });
  if (!isRefusal(opened)) return true;
  log.info('A review loop could not be opened.', { session: session.id, reason: opened.reason });
  return false;
}
