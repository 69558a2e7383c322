import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { isOwnBranch, numbers } from '#domain/pull-request/landing.ts';
import type {
  ChildPullRequest,
  MergePlan,
  MergeReading,
  MergeWish,
} from '#domain/pull-request/merge.ts';
import type { MergeMethod, PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { endSession } from '#operations/session/end.ts';
import { ensureSupervisor } from '#operations/supervisor/ensure.ts';
import { applyTaskEvent } from '#operations/task/apply.ts';
import { landPullRequest, retargetChildren } from './land.ts';
import { type Mergeable, type PreparedMerge, prepareMerge, readMergeOf } from './prepare-merge.ts';

export interface MergedPullRequest {
  outcome: 'merged' | 'queued' | 'armed';
  number: number;
  base: string;
  branch: string;
  /** Null when it was merged before, by somebody. */
  method: MergeMethod | null;
  /** The commit on the base; null while it is not merged. */
  commit: string | null;
  /** What was done along with it, or could not be, in sentences. */
  notes: string[];
}

/** GitHub may show a merge a moment later than it made it. */
const READ_BACK_WAITS_MS = [0, 500, 1_000, 2_000, 4_000];

/** Longer than ending a session takes. */
const ENDING_MS = 10_000;

/**
 * Merges a pull request, or has GitHub do it. What happened is what is read afterwards, whatever the answer was: a merge is never sent twice,
 * and never believed because it was sent. Called again it finishes what was cut off. With a head commit that somebody agreed to, nothing else
 * is merged.
 */
export async function mergePullRequest(
  app: App,
  given: Mergeable,
  wish: MergeWish,
  headCommit: string | null,
): Promise<MergedPullRequest | Refusal> {
  const prepared = await prepareReady(app, given, wish);
  if (isRefusal(prepared)) return prepared;
  if ('merged' in prepared) return finish(app, given, prepared.merged, null, []);
  const { pullRequest, reading, plan } = prepared;
  if (headCommit !== null && headCommit !== reading.headCommit) {
    return refuse(
      `Somebody pushed to pull request #${reading.number} since you were asked.`,
      'Look at what is new, then merge it.',
    );
  }
  const takesAlong = plan.way === 'now' && isOwnBranch(given.session, reading);
  const moved = takesAlong ? await retargetChildren(app, pullRequest, reading) : [];
  if (isRefusal(moved)) return moved;
  sayAsked(app, given, plan, reading);
  const written = await app.gh.merge(pullRequest.host, plan.way, {
    nodeId: reading.nodeId,
    headCommit: reading.headCommit,
    method: plan.method,
  });
  const after = await readBack(app, pullRequest, plan, written.outcome);
  const name = `Pull request #${reading.number}`;
  if (isRefusal(after) && written.outcome !== 'refused') {
    return refuse(
      `It is not known whether ${name.toLowerCase()} was merged: ${after.reason}`,
      'Nothing is sent again by itself; claustre looks again, and `claustre merge` looks first, too.',
      'environment',
    );
  }
  if (!isRefusal(after) && after.state === 'merged') {
    const method = written.outcome === 'done' ? plan.method : null;
    return finish(app, given, after, method, moved);
  }
  if (!isRefusal(after) && isWaiting(plan, after)) return noteWaiting(app, given, plan, after);
  // GitHub said no, or still shows it open after a lost answer. After a yes it only shows it late.
  if (written.outcome !== 'done') await putBack(app, pullRequest, moved, reading.head);
  if (written.outcome === 'refused') {
    const { reason, hint, code } = written.why;
    return refuse(`${name} was not merged. ${reason}`, hint, code);
  }
  const lost = written.outcome === 'unsure' ? `${written.why.reason} ` : '';
  return refuse(
    `${lost}GitHub does not show ${name.toLowerCase()} as merged.`,
    'Nothing is sent again by itself. Try again in a minute: the state is read first.',
    'environment',
  );
}

/** GitHub has it, and merges it by itself. */
function isWaiting({ way }: MergePlan, { queued, autoMerge }: MergeReading): boolean {
  return way === 'queue' ? queued : way === 'auto' && autoMerge !== null;
}

/** A draft is marked as ready first, and then read again: only then GitHub says what else stands against it. */
async function prepareReady(
  app: App,
  given: Mergeable,
  wish: MergeWish,
): Promise<PreparedMerge | { merged: MergeReading } | Refusal> {
  const prepared = await prepareMerge(app, given, wish);
  if (isRefusal(prepared) || 'merged' in prepared || !prepared.plan.ready) return prepared;
  const { host, number } = prepared.pullRequest;
  const written = await app.gh.markReady(host, prepared.reading.nodeId);
  if (written.outcome === 'refused') {
    const { reason, hint, code } = written.why;
    return refuse(`Pull request #${number} could not be marked as ready. ${reason}`, hint, code);
  }
  // Without the wish a draft is refused: whatever the answer was, what is read counts.
  return prepareMerge(app, given, { ...wish, ready: false });
}

/** Reads until what was asked for shows; the last reading when it does not. A person waits: whoever says nothing at all is asked once. */
async function readBack(
  app: App,
  pullRequest: PullRequest,
  plan: MergePlan,
  outcome: 'done' | 'refused' | 'unsure',
): Promise<MergeReading | Refusal> {
  let last: MergeReading | Refusal = refuse('It was not read.');
  const waits = outcome === 'refused' ? [0] : READ_BACK_WAITS_MS;
  for (const wait of waits) {
    if (wait > 0) await app.clock.wait(wait);
    last = await readMergeOf(app, pullRequest);
    if (isRefusal(last)) {
      if (last.code === 'timeout') return last;
    } else if (last.state === 'merged' || isWaiting(plan, last)) return last;
  }
  return last;
}

/** Written down before it is sent, so that what is found merged later has its story. */
function sayAsked(
  { store, clock }: App,
  { task, session, pullRequest }: Mergeable,
  { way, method }: MergePlan,
  { headCommit }: MergeReading,
): void {
  const data = { number: pullRequest.number, way, method, headCommit };
  store.write(() =>
    store.events.append({
      kind: 'pull_request.merge',
      at: clock.iso(),
      source: 'person',
      taskId: task.id,
      projectId: task.projectId,
      sessionId: session?.id ?? null,
      data,
    }),
  );
}

/** Records the merge and the task's end in one transaction, then lands and ends the session; what fails of that is done later by the supervisor. */
async function finish(
  app: App,
  { task, project, session, pullRequest }: Mergeable,
  reading: MergeReading,
  method: MergeMethod | null,
  moved: readonly ChildPullRequest[],
): Promise<MergedPullRequest | Refusal> {
  recordMerged(app, { task, project, session, pullRequest }, reading, method);
  const notes: string[] = [];
  const landed = await landPullRequest.run(app, { id: pullRequest.id, source: 'person' });
  const retargeted = [
    ...moved,
    ...(isRefusal(landed) ? [] : landed.retargeted.map((number) => ({ number }))),
  ];
  if (retargeted.length > 0)
    notes.push(
      `${capital(numbers(retargeted))} ${retargeted.length === 1 ? 'goes' : 'go'} to ${reading.base} now.`,
    );
  if (isRefusal(landed)) notes.push(`Not everything is done yet: ${landed.reason}`);
  else if (landed.branch === 'deleted')
    notes.push(`${reading.head} is deleted on ${project.remote}.`);
  else if (landed.why !== null)
    notes.push(`${reading.head} stays on ${project.remote}: ${landed.why}.`);
  if (session !== null) notes.push(...(await end(app, task, project, session)));
  if (isRefusal(landed)) await ensureSupervisor(app);
  const { number, base, head: branch, mergeCommit: commit } = reading;
  return { outcome: 'merged', number, base, branch, method, commit, notes };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Ends the session; the supervisor, which sees the merge as soon as it is written, may do it already and is waited for. Returns why it is not ended. */
async function end(app: App, task: Task, project: Project, session: Session): Promise<string[]> {
  const { store, clock } = app;
  const ended = await endSession(app, task, project, session, {
    reason: 'merge',
    source: 'person',
    event: null,
  });
  if (!isRefusal(ended)) return [];
  const isOpen = (): boolean => store.sessions.openOf(task.id)?.id === session.id;
  const deadline = clock.now() + ENDING_MS;
  while (isOpen() && clock.now() < deadline) {
    if (store.sessions.openOf(task.id)?.state !== 'closing') break;
    await clock.wait(100);
  }
  return isOpen() ? [`Its session is not ended yet: ${ended.reason}`] : [];
}

function recordMerged(
  { store, clock }: App,
  { task, session, pullRequest: { id } }: Mergeable,
  { mergeCommit, mergedBy, title }: MergeReading,
  method: MergeMethod | null,
): void {
  const at = clock.iso();
  const sessionId = session?.id ?? null;
  store.write(() => {
    const now = store.pullRequests.find(id);
    if (now !== null && now.state !== 'merged') {
      const merged = { state: 'merged', mergeCommit, mergedBy } as const;
      store.pullRequests.update(
        id,
        {
          ...merged,
          title,
          mergedAt: at,
          readAt: at,
          staleReason: null,
          autoMerge: null,
          queued: false,
        },
        {
          kind: 'pull_request.merged',
          at,
          source: 'person',
          taskId: task.id,
          projectId: task.projectId,
          sessionId,
          data: {
            number: now.number,
            from: { state: now.state },
            to: merged,
            by: mergedBy,
            method,
          },
        },
      );
    }
    // The supervisor may have seen it first; the task is done then.
    applyTaskEvent(store, task.id, 'merge', { at, source: 'person', sessionId });
  });
}

/** GitHub merges it by itself: recorded at once, the poll follows it from here on. */
function noteWaiting(
  { store, clock }: App,
  { task, session, pullRequest }: Mergeable,
  plan: MergePlan,
  reading: MergeReading,
): MergedPullRequest {
  const at = clock.iso();
  const { autoMerge, queued, number, base, head: branch } = reading;
  store.write(() =>
    store.pullRequests.update(
      pullRequest.id,
      { autoMerge, queued },
      {
        kind: 'pull_request.update',
        at,
        source: 'person',
        taskId: task.id,
        projectId: task.projectId,
        sessionId: session?.id ?? null,
        data: { number, from: {}, to: plan.way === 'queue' ? { queued } : { autoMerge } },
      },
    ),
  );
  const outcome = plan.way === 'queue' ? 'queued' : 'armed';
  return { outcome, number, base, branch, method: plan.method, commit: null, notes: [] };
}

/** The merge did not come: what was retargeted for it gets its base back. */
async function putBack(
  { gh, log }: App,
  { host }: PullRequest,
  moved: readonly ChildPullRequest[],
  base: string,
): Promise<void> {
  for (const child of moved) {
    const written = await gh.retarget(host, child.nodeId, base);
    if (written.outcome === 'done') continue;
    log.info('A pull request did not get its base back.', {
      number: child.number,
      reason: written.why.reason,
    });
  }
}
