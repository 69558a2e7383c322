import type { NewEvent } from '#domain/event.ts';
import type { Project, QueueState } from '#domain/project.ts';
import { insertRow, selectList, statement } from './columns.ts';
import type { Events } from './events.ts';
import type { Db } from './open.ts';

const COLUMNS = selectList([
  'id',
  'uuid',
  'name',
  'path',
  'defaultBranch',
  'remote',
  'forgeHost',
  'forgeRepository',
  'queue',
  'createdAt',
]);

type Row = Omit<Project, 'forge'> & { forgeHost: string | null; forgeRepository: string | null };

function fromRow({ forgeHost, forgeRepository, ...row }: Row): Project {
  const forge =
    forgeHost === null || forgeRepository === null
      ? null
      : { host: forgeHost, repository: forgeRepository };
  return { ...row, forge };
}

export interface Projects {
  all(): Project[];
  find(id: number): Project | null;
  findByName(name: string): Project | null;
  findByPath(path: string): Project | null;
  /** One that was removed and lay there. */
  findRemoved(path: string): Project | null;
  add(project: Omit<Project, 'id'>, event: NewEvent): Project;
  /** Hides a project; its tasks must be gone. The row stays, since the trash may hold work of it. */
  remove(id: number, event: NewEvent): void;
  setQueue(id: number, queue: QueueState, event: NewEvent): void;
  /** Shows a project again that was removed, under this name. */
  revive(id: number, name: string, event: NewEvent): void;
}

export function createProjects(db: Db, events: Events): Projects {
  const one = (sql: string, value: unknown): Project | null => {
    const row = statement(db, sql).get(value) as Row | undefined;
    return row === undefined ? null : fromRow(row);
  };
  const find = (id: number): Project | null =>
    one(`select ${COLUMNS} from projects where id = ?`, id);
  return {
    all: () =>
      (
        statement(
          db,
          `select ${COLUMNS} from projects where removed_at is null order by name`,
        ).all() as Row[]
      ).map(fromRow),
    find,
    findByName: (name) =>
      one(`select ${COLUMNS} from projects where name = ? and removed_at is null`, name),
    findByPath: (path) =>
      one(`select ${COLUMNS} from projects where path = ? and removed_at is null`, path),
    add({ forge, ...project }, event) {
      const id = insertRow(db, 'projects', {
        ...project,
        forgeHost: forge?.host ?? null,
        forgeRepository: forge?.repository ?? null,
      });
      events.append({ ...event, projectId: id });
      return { ...project, forge, id };
    },
    findRemoved: (path) =>
      one(`select ${COLUMNS} from projects where path = ? and removed_at is not null`, path),
    revive(id, name, event) {
      statement(db, 'update projects set removed_at = null, name = ? where id = ?').run(name, id);
      events.append({ ...event, projectId: id });
    },
    setQueue(id, queue, event) {
      statement(db, 'update projects set queue = ? where id = ?').run(queue, id);
      events.append({ ...event, projectId: id });
    },
    remove(id, event) {
      statement(db, 'update projects set removed_at = ? where id = ?').run(event.at, id);
      events.append({ ...event, projectId: id });
    },
  };
}
