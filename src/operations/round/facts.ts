import type { App, Snapshot } from '#app.ts';
import type { Project } from '#domain/project.ts';
import { type Refresh, refreshOf } from '#domain/pull-request/behind.ts';
import {
  type FixFacts,
  type FixSettings,
  type FixState,
  fixPolicy,
  fixState,
  NOTHING_SPENT,
} from '#domain/pull-request/fix.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Session } from '#domain/session.ts';
import { isReviewed, type Task } from '#domain/task.ts';

type Needs = Pick<App, 'store' | 'config' | 'clock'>;

/** What the settings say about fixing in a project. */
export function fixSettingsOf(
  { config }: Pick<App, 'config'>,
  { path }: Pick<Project, 'path'>,
): FixSettings {
  const { fix, reviewLoop, queue } = config.forProject(path);
  return {
    ...fix,
    maxReviewRounds: reviewLoop.maxRounds,
    reservePercent: queue.reservePercent,
  };
}

type FixTask = Pick<Task, 'id' | 'projectId' | 'status' | 'fix' | 'loop'>;
type Known = { session: Session | null; pullRequest: PullRequest | null };

/** Reads for many tasks: what they share is read once, and the rest only where there is something to decide. It is for one look only. */
export interface FixReader {
  /** What the settings say in a project; null when it is gone. */
  settingsOf(projectId: number): FixSettings | null;
  /** Everything that fixing a task is decided from, as the database knows it; null when its project is gone. */
  facts(task: FixTask, known: Known): FixFacts | null;
  /** How its branch is brought up to its base without being asked; null when it is not. */
  refresh(task: FixTask & Pick<Task, 'push'>, known: Known): Refresh | null;
}

/** The facts of one task alone. */
export function fixFacts(app: Needs, task: FixTask, known: Known): FixFacts | null {
  return fixReader(app).facts(task, known);
}

export function fixReader(app: Needs): FixReader {
  const { store, clock } = app;
  const settings = new Map<number, FixSettings | null>();
  const settingsOf = (id: number): FixSettings | null => {
    const project = settings.has(id) ? null : store.projects.find(id);
    if (project !== null) settings.set(id, fixSettingsOf(app, project));
    return settings.get(id) ?? null;
  };
  let spent: ReturnType<typeof store.rounds.spent> | undefined;
  let limits: FixFacts['limits'] | undefined;
  const facts: FixReader['facts'] = (task, known) => {
    const said = settingsOf(task.projectId);
    if (said === null) return null;
    spent ??= store.rounds.spent();
    limits ??= store.attempts.limits();
    const { pullRequest } = known;
    return {
      ...{ ...known, task, limits, settings: said },
      feedback: pullRequest === null ? [] : store.feedback.of(pullRequest.id),
      round: store.rounds.of(task.id).at(-1) ?? null,
      spent: (pullRequest && spent.get(pullRequest.id)) ?? NOTHING_SPENT,
      now: clock.now(),
    };
  };
  let heldMoves: Map<number, string> | undefined;
  const refresh: FixReader['refresh'] = (task, { session, pullRequest }) => {
    const said = settingsOf(task.projectId);
    if (said === null) return null;
    heldMoves ??= store.events.heldMoves();
    const held = heldMoves.get(task.id) ?? null;
    return refreshOf(task, session, pullRequest, { policy: fixPolicy(task, said), held });
  };
  return { settingsOf, facts, refresh };
}

/** Where the fixing of a task stands; null when it is not in review. */
export function fixStateOf(read: FixReader, task: FixTask, known: Known): FixState | null {
  if (!isReviewed(task.status)) return null;
  const facts = read.facts(task, known);
  return facts === null ? null : fixState(facts);
}

/** A snapshot with what the settings say about fixing in each project. */
export function withFixSettings(app: Pick<App, 'config'>, snapshot: Snapshot): Snapshot {
  const said = snapshot.projects.map((each) => [each.id, fixSettingsOf(app, each)] as const);
  return { ...snapshot, fixSettings: new Map(said) };
}
