import type { HostState } from '#domain/pull-request/host.ts';
import { selectList, statement } from './columns.ts';
import type { Db } from './open.ts';

const NAMES = [
  'host',
  'login',
  'budgetLimit',
  'remaining',
  'resetsAt',
  'used',
  'usedSince',
  'readAt',
  'nextAt',
  'trouble',
  'troubleSince',
  'pausedUntil',
] as const;
const COLUMNS = selectList(NAMES);

/** What is known of each GitHub host. These are readings: no events tell of them. */
export interface Hosts {
  find(host: string): HostState | null;
  all(): HostState[];
  set(state: HostState): void;
}

export function createHosts(db: Db): Hosts {
  const columns = NAMES.map((name) => selectList([name]).split(' ')[0]);
  const sql = `insert or replace into hosts (${columns.join(', ')}) values (${NAMES.map((name) => `@${name}`).join(', ')})`;
  return {
    find: (host) =>
      (statement(db, `select ${COLUMNS} from hosts where host = ?`).get(host) as
        | HostState
        | undefined) ?? null,
    all: () => statement(db, `select ${COLUMNS} from hosts order by host`).all() as HostState[],
    set: (state) => void statement(db, sql).run(state),
  };
}
