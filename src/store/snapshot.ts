import type { Request } from '#domain/claude/request.ts';
import type { After } from '#domain/dependency.ts';
import type { GateRun } from '#domain/gate/gate.ts';
import type { Overlap } from '#domain/overlap.ts';
import type { Progress } from '#domain/progress.ts';
import type { Project } from '#domain/project.ts';
import type { TestRun } from '#domain/proof/test-run.ts';
import type { Feedback } from '#domain/pull-request/feedback.ts';
import type { FixSettings, FixSpent } from '#domain/pull-request/fix.ts';
import type { HostState } from '#domain/pull-request/host.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Round } from '#domain/pull-request/round.ts';
import type { ShortMemory } from '#domain/queue/memory.ts';
import type { QueueSettings } from '#domain/queue/settings.ts';
import type { QueueSwitch } from '#domain/queue/switch.ts';
import type { Met } from '#domain/queue/time.ts';
import type { Wait } from '#domain/queue/wait.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import type { Limit, Usage } from '#domain/usage.ts';
import { selectList, statement } from './columns.ts';
import type { Db } from './open.ts';
import type { Store } from './store.ts';
import { TASK_ROW_NAMES, taskFromRow } from './tasks.ts';

/** A task without its long text: what a row of a list shows. */
export type TaskRow = Omit<Task, 'prompt'> & {
  subtasks: number;
  subtasksDone: number;
  /** What it still waits for. */
  openBefore: After[];
};

/** Everything that a dashboard shows, from one consistent read. */
export interface Snapshot {
  projects: Project[];
  tasks: TaskRow[];
  /** Sessions that are not closed, by task id. */
  sessions: Map<number, Session>;
  /** How far the work of open sessions is, by task id; those that nobody looked at yet are absent. */
  progress: Map<number, Progress>;
  /** Of open sessions the newest run of each command that tests, oldest first, by task id. */
  testRuns: Map<number, TestRun[]>;
  /** What Claude waits for an answer to, oldest first. */
  requests: Request[];
  /** The pull request that a task follows, by task id. */
  pullRequests: Map<number, PullRequest>;
  /** What reviewers said on open pull requests, by the pull request's id. */
  feedback: Map<number, Feedback[]>;
  /** The newest round of each task that had any, by task id. */
  rounds: Map<number, Round>;
  /** What fix rounds have used, by the pull request's id; those that had none are absent. */
  spent: Map<number, FixSpent>;
  /** What the settings say about fixing, by the project's id; whoever reads the settings fills it. */
  fixSettings: Map<number, FixSettings>;
  /** How many rounds of the kind of its newest a task has had, by task id. */
  roundCounts: Map<number, number>;
  /** Why branches that are behind their base could not be moved, by task id. */
  heldMoves: Map<number, string>;
  hosts: HostState[];
  overlaps: Overlap[];
  /** Sums over the attempts of each task that has any. */
  usage: Map<number, Usage>;
  queue: QueueSwitch;
  shortMemory: ShortMemory | null;
  /** What the settings say about the queue, by the project's id, null where they cannot be read; whoever reads the settings fills it. */
  queueSettings: Map<number, QueueSettings | null>;
  /** Why there is no money for a pending task, by its id; whoever reads the settings fills it. */
  budgetWaits: Map<number, Wait>;
  /** From when on the delay of pending tasks that have one is counted, by task id. */
  delays: Map<number, Met>;
  /** The newest run of each gate of tasks that are not done, by task id. */
  gateRuns: Map<number, GateRun[]>;
  limits: Limit[];
}

const TASK_COLUMNS = selectList(TASK_ROW_NAMES);

type Row = Omit<TaskRow, 'loop' | 'subtasks' | 'subtasksDone' | 'openBefore'> & { loop: 0 | 1 };

/** Reads the snapshot; one read transaction, so that no part is newer than another. */
export function readSnapshot(db: Db, store: Omit<Store, 'snapshot'>): Snapshot {
  const read = db.transaction((): Snapshot => {
    const steps = counts(db);
    const before = store.tasks.allOpenBefore();
    const rows = statement(db, `select ${TASK_COLUMNS} from tasks`).all() as Row[];
    return {
      projects: store.projects.all(),
      tasks: rows.map((row) => ({
        ...taskFromRow(row),
        subtasks: steps.get(row.id)?.total ?? 0,
        subtasksDone: steps.get(row.id)?.done ?? 0,
        openBefore: before.get(row.id) ?? [],
      })),
      sessions: new Map(store.sessions.open().map((session) => [session.taskId, session])),
      progress: store.progress.open(),
      testRuns: store.testRuns.open(),
      requests: store.requests.open(),
      pullRequests: new Map(store.pullRequests.latest().map((found) => [found.taskId, found])),
      feedback: Map.groupBy(store.feedback.open(), ({ pullRequestId }) => pullRequestId),
      rounds: new Map(store.rounds.latest().map((round) => [round.taskId, round])),
      spent: store.rounds.spent(),
      fixSettings: new Map(),
      roundCounts: store.rounds.counts(),
      heldMoves: store.events.heldMoves(),
      hosts: store.hosts.all(),
      overlaps: store.overlaps.all(),
      usage: usage(db),
      queue: store.queue.read(),
      shortMemory: store.queue.shortMemory(),
      queueSettings: new Map(),
      budgetWaits: new Map(),
      delays: store.tasks.delays(),
      gateRuns: store.gateRuns.latest(),
      limits: store.attempts.limits(),
    };
  });
  return read.deferred();
}

function counts(db: Db): Map<number, { total: number; done: number }> {
  const rows = statement(
    db,
    'select task_id taskId, count(*) total, sum(done) done from subtasks group by task_id',
  ).all() as { taskId: number; total: number; done: number }[];
  return new Map(rows.map((row) => [row.taskId, row]));
}

function usage(db: Db): Map<number, Usage> {
  const rows = statement(
    db,
    `select task_id taskId, sum(input_tokens) inputTokens, sum(output_tokens) outputTokens,
       sum(cost_usd) costUsd, sum(worked_ms) workedMs from attempts group by task_id`,
  ).all() as (Usage & { taskId: number })[];
  return new Map(rows.map(({ taskId, ...found }) => [taskId, found]));
}
