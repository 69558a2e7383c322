import type { NewEvent } from '#domain/event.ts';
import type { Project } from '#domain/project.ts';
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
  add(project: Omit<Project, 'id'>, event: NewEvent): Project;
  /** Takes a project out; its tasks must be gone. */
  remove(id: number, event: NewEvent): void;
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
      (statement(db, `select ${COLUMNS} from projects order by name`).all() as Row[]).map(fromRow),
    find,
    findByName: (name) => one(`select ${COLUMNS} from projects where name = ?`, name),
    findByPath: (path) => one(`select ${COLUMNS} from projects where path = ?`, path),
    add({ forge, ...project }, event) {
      const id = insertRow(db, 'projects', {
        ...project,
        forgeHost: forge?.host ?? null,
        forgeRepository: forge?.repository ?? null,
      });
      events.append({ ...event, projectId: id });
      return { ...project, forge, id };
    },
    remove(id, event) {
      statement(db, 'delete from trash where project_id = ?').run(id);
      statement(db, 'delete from projects where id = ?').run(id);
      events.append({ ...event, projectId: id });
    },
  };
}
