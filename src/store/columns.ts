import type { Statement } from 'better-sqlite3';
import type { Db } from './open.ts';

/** The one conversion between names in code and names in tables: `baseCommit` ↔ `base_commit`. */
function column(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `a_column aColumn, …`: what a select lists so that rows come out with the names of the code. */
export function selectList(names: readonly string[]): string {
  return names.map((name) => (column(name) === name ? name : `${column(name)} ${name}`)).join(', ');
}

/** Inserts one row whose keys are names in code; returns its rowid. */
export function insertRow(db: Db, table: string, row: Readonly<Record<string, unknown>>): number {
  const names = Object.keys(row);
  const sql = `insert into ${table} (${names.map(column).join(', ')}) values (${names.map((name) => `@${name}`).join(', ')})`;
  return Number(statement(db, sql).run(row).lastInsertRowid);
}

/** Updates the named columns of the row with this key; returns how many rows changed (0 or 1). */
export function updateRow(
  db: Db,
  table: string,
  key: { name: string; value: string | number },
  row: Readonly<Record<string, unknown>>,
): number {
  const names = Object.keys(row);
  if (names.length === 0) return 0;
  const sql = `update ${table} set ${names.map((name) => `${column(name)} = @${name}`).join(', ')} where ${key.name} = @key`;
  return statement(db, sql).run({ ...row, key: key.value }).changes;
}

type AnyStatement = Statement<unknown[]>;

const statements = new WeakMap<Db, Map<string, AnyStatement>>();

/** A prepared statement, kept for the life of the connection: preparing costs more than running a small one. */
export function statement(db: Db, sql: string): AnyStatement {
  const known = statements.get(db) ?? new Map<string, AnyStatement>();
  statements.set(db, known);
  const found = known.get(sql);
  if (found !== undefined) return found;
  const made: AnyStatement = db.prepare(sql);
  known.set(sql, made);
  return made;
}

/** Booleans as SQLite keeps them. */
export function bit(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}
