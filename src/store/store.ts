import { dirname, join } from 'node:path';
import { type Attempts, createAttempts } from './attempts.ts';
import { statement } from './columns.ts';
import { type Comments, createComments } from './comments.ts';
import { createEvents, type Events } from './events.ts';
import { createFeedback, type FeedbackTable } from './feedback.ts';
import { createHosts, type Hosts } from './hosts.ts';
import { createNotices, type Notices } from './notices.ts';
import { type Db, type OpenOptions, openDatabase, translate } from './open.ts';
import { createOverlaps, type Overlaps } from './overlaps.ts';
import { createProjects, type Projects } from './projects.ts';
import { createVerdicts, type Verdicts } from './pull-request/verdicts.ts';
import { createPullRequests, type PullRequests } from './pull-requests.ts';
import { type BudgetRaises, createBudgetRaises } from './queue/budget-raises.ts';
import { createGateRuns, type GateRuns } from './queue/gate-runs.ts';
import { createQueueSwitch, type QueueSwitchRow } from './queue/switch.ts';
import { createProgress, type ProgressTable } from './readings/progress.ts';
import { createTestRuns, type TestRuns } from './readings/test-runs.ts';
import { createRequests, type Requests } from './requests.ts';
import { createRounds, type Rounds } from './rounds.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { readSnapshot, type Snapshot } from './snapshot.ts';
import { drain, type SpooledReport } from './spool.ts';
import { createTasks, type Tasks } from './tasks.ts';
import { createTrash, type Trash } from './trash.ts';
import { createViewedFiles, type ViewedFiles } from './viewed-files.ts';

const READ_TIMEOUT_MS = 100;

/** Tells of committed changes; see changes.ts. Returns a function that ends it. */
export type Changes = (callback: () => void) => () => void;

/** The database of a data directory. Methods that write take the event that tells of the change; call them inside `write`. */
export interface Store {
  readonly path: string;
  projects: Projects;
  tasks: Tasks;
  sessions: Sessions;
  requests: Requests;
  attempts: Attempts;
  progress: ProgressTable;
  testRuns: TestRuns;
  pullRequests: PullRequests;
  feedback: FeedbackTable;
  rounds: Rounds;
  verdicts: Verdicts;
  hosts: Hosts;
  queue: QueueSwitchRow;
  gateRuns: GateRuns;
  budgetRaises: BudgetRaises;
  overlaps: Overlaps;
  trash: Trash;
  comments: Comments;
  viewedFiles: ViewedFiles;
  notices: Notices;
  events: Events;
  /**
   * Runs a change in one IMMEDIATE transaction: the write lock is taken before the first read, so that no two processes decide on the
   * same state and a busy database is waited for. Nested calls join the outer one. Throws `environment` when the database stays busy.
   */
  write<T>(change: () => T): T;
  /** A number that moves when another process has committed (about 2 µs). */
  dataVersion(): number;
  /** How many changes this connection itself has committed. */
  ownChanges(): number;
  snapshot(): Snapshot;
  /** Hands over what hooks had to park, oldest first; see spool.ts. Returns how many reports there were. */
  drain(apply: (report: SpooledReport) => void): number;
  close(): void;
}

/** Opens the store for a moment: a hook, a worker. See openDatabase for what it throws. */
export function openStore(path: string, options: OpenOptions = {}): Store {
  return createStore(path, openDatabase(path, options));
}

/** The library's own wrapper prepares nine statements first, of which a hook would use two. */
function inTransaction<T>(db: Db, change: () => T): T {
  db.exec('begin immediate');
  try {
    const result = change();
    db.exec('commit');
    return result;
  } catch (error) {
    // Some errors (a full disk) have rolled back by themselves.
    if (db.inTransaction) db.exec('rollback');
    throw error;
  }
}

/** A screen must not stand still for a database that somebody locks: it shows what it has, and looks again. */
function withoutWaiting<T>(db: Db, read: () => T): T {
  const usual = db.pragma('busy_timeout', { simple: true });
  db.pragma(`busy_timeout = ${READ_TIMEOUT_MS}`);
  try {
    return read();
  } finally {
    db.pragma(`busy_timeout = ${usual}`);
  }
}

function createStore(path: string, db: Db): Store {
  const events = createEvents(db);
  const requests = createRequests(db);
  let ownChanges = 0;
  const store: Store = {
    path,
    projects: createProjects(db, events),
    tasks: createTasks(db, events),
    sessions: createSessions(db, events, requests),
    requests,
    attempts: createAttempts(db),
    progress: createProgress(db),
    testRuns: createTestRuns(db),
    pullRequests: createPullRequests(db, events),
    feedback: createFeedback(db, events),
    rounds: createRounds(db, events),
    verdicts: createVerdicts(db),
    hosts: createHosts(db),
    queue: createQueueSwitch(db, events),
    gateRuns: createGateRuns(db, events),
    budgetRaises: createBudgetRaises(db, events),
    overlaps: createOverlaps(db),
    trash: createTrash(db, events),
    comments: createComments(db, events),
    viewedFiles: createViewedFiles(db, events),
    notices: createNotices(db, events),
    events,
    write(change) {
      if (db.inTransaction) return change();
      try {
        const result = inTransaction(db, change);
        ownChanges += 1;
        return result;
      } catch (error) {
        throw translate(error, path);
      }
    },
    dataVersion: () => statement(db, 'pragma data_version').pluck().get() as number,
    ownChanges: () => ownChanges,
    snapshot: () => withoutWaiting(db, () => readSnapshot(db, store)),
    drain: (apply) => drain(join(dirname(path), 'spool'), apply),
    close: () => void db.close(),
  };
  return store;
}
