import type { NewEvent } from '#domain/event.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { bit, insertRow, selectList, statement, updateRow } from './columns.ts';
import type { Events } from './events.ts';
import type { Db } from './open.ts';

const COLUMNS = selectList([
  'id',
  'taskId',
  'nodeId',
  'host',
  'repository',
  'number',
  'url',
  'title',
  'state',
  'draft',
  'base',
  'baseCommit',
  'head',
  'headCommit',
  'headSeenAt',
  'mergeCommit',
  'mergedBy',
  'checks',
  'checksNote',
  'checkRuns',
  'review',
  'approvedBy',
  'changesRequestedBy',
  'reviewRequests',
  'unresolvedThreads',
  'feedbackMark',
  'feedbackRead',
  'mergeable',
  'mergeState',
  'conflictSeen',
  'autoMerge',
  'queued',
  'mergeStopped',
  'createdAt',
  'readAt',
  'staleReason',
  'mergedAt',
  'landedAt',
]);

const SHORT_COLUMNS = COLUMNS.replace(
  'check_runs checkRuns',
  "case state when 'merged' then '[]' else check_runs end checkRuns",
);

/** Columns that hold lists, as JSON. */
const LISTS = ['checkRuns', 'approvedBy', 'changesRequestedBy'] as const;
type List = (typeof LISTS)[number];

type Row = Omit<PullRequest, 'draft' | 'queued' | List> & {
  draft: 0 | 1;
  queued: 0 | 1;
} & Record<List, string>;

function fromRow(row: Row): PullRequest {
  const lists = Object.fromEntries(LISTS.map((name) => [name, JSON.parse(row[name])]));
  return {
    ...row,
    ...(lists as Pick<PullRequest, List>),
    draft: row.draft === 1,
    queued: row.queued === 1,
  };
}

export type PullRequestChanges = Partial<Omit<PullRequest, 'id' | 'taskId'>>;

function toRow(changes: PullRequestChanges): Record<string, unknown> {
  const { draft, queued } = changes;
  const lists = LISTS.filter((name) => changes[name] !== undefined);
  return {
    ...changes,
    ...(draft === undefined ? {} : { draft: bit(draft) }),
    ...(queued === undefined ? {} : { queued: bit(queued) }),
    ...Object.fromEntries(lists.map((name) => [name, JSON.stringify(changes[name])])),
  };
}

export interface PullRequests {
  find(id: number): PullRequest | null;
  /** The one that a task follows: the newest. */
  of(taskId: number): PullRequest | null;
  /** The one of a task with this address. */
  named(
    taskId: number,
    address: Pick<PullRequest, 'host' | 'repository' | 'number'>,
  ): PullRequest | null;
  /** The one of a task that GitHub knows by this id. */
  withNode(taskId: number, nodeId: string): PullRequest | null;
  /** Of every project: open ones of tasks that are not done. */
  open(): PullRequest[];
  /** The newest of each task that is not done, unless it was merged: a closed one may be reopened. */
  followed(): PullRequest[];
  /** Merged ones whose landing is not finished. */
  unlanded(): PullRequest[];
  /** Merged at this ISO time or later. */
  mergedSince(time: string): PullRequest[];
  /** The newest of each task; without the single checks of those that were merged, of which there may be thousands. */
  latest(): PullRequest[];
  add(pullRequest: Omit<PullRequest, 'id'>, event: NewEvent): PullRequest;
  /** With event null only the time of the reading changed. */
  update(id: number, changes: PullRequestChanges, event: NewEvent | null): void;
}

export function createPullRequests(db: Db, events: Events): PullRequests {
  const many = (sql: string): PullRequest[] => (statement(db, sql).all() as Row[]).map(fromRow);
  const one = (where: string, ...values: unknown[]): PullRequest | null => {
    const sql = `select ${COLUMNS} from pull_requests where ${where}`;
    const row = statement(db, sql).get(...values) as Row | undefined;
    return row === undefined ? null : fromRow(row);
  };
  return {
    find: (id) => one('id = ?', id),
    of: (taskId) => one('task_id = ? order by id desc limit 1', taskId),
    named: (taskId, { host, repository, number }) =>
      one(
        'task_id = ? and host = ? collate nocase and repository = ? collate nocase and number = ?',
        taskId,
        host,
        repository,
        number,
      ),
    withNode: (taskId, nodeId) =>
      one('task_id = ? and node_id = ? order by id desc limit 1', taskId, nodeId),
    open: () =>
      many(
        `select ${COLUMNS} from pull_requests where state <> 'merged' and state = 'open'
         and task_id in (select id from tasks where status <> 'done') order by id`,
      ),
    followed: () =>
      many(
        `select ${COLUMNS} from pull_requests where state <> 'merged'
         and not exists (select 1 from pull_requests newer where newer.task_id = pull_requests.task_id and newer.id > pull_requests.id)
         and task_id in (select id from tasks where status <> 'done') order by id`,
      ),
    unlanded: () =>
      many(
        `select ${COLUMNS} from pull_requests where state = 'merged' and landed_at is null order by id`,
      ),
    mergedSince: (time) =>
      (
        statement(
          db,
          `select ${COLUMNS} from pull_requests where state = 'merged' and merged_at >= ? order by +id`,
        ).all(time) as Row[]
      ).map(fromRow),
    latest: () =>
      many(
        `select ${SHORT_COLUMNS} from pull_requests
         where id in (select max(id) from pull_requests group by task_id) order by id`,
      ),
    add(pullRequest, event) {
      const { taskId, createdAt, ...changes } = pullRequest;
      const id = insertRow(db, 'pull_requests', { taskId, createdAt, ...toRow(changes) });
      events.append({ ...event, taskId });
      return { ...pullRequest, id };
    },
    update(id, changes, event) {
      updateRow(db, 'pull_requests', { name: 'id', value: id }, toRow(changes));
      if (event !== null) events.append(event);
    },
  };
}
