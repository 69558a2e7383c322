import { parse } from 'toml';
import { nearMiss } from '#domain/near-miss.ts';
import { isLayoutProblem, readLayout } from '#domain/panes/layout.ts';
import { locateKey } from './locate.ts';
import { camelCase } from './setting.ts';
import { FREE_TABLES, findSetting, keysOfTable, LISTS, TABLES, WHOLE_TABLES } from './settings.ts';

/** What a file says, checked: by table, keys in camelCase. */
export type Said = Record<string, Record<string, unknown>>;

/** The entries of its lists, each like a table; by the list's name. */
export type SaidLists = Record<string, Record<string, unknown>[]>;

export interface Checked {
  said: Said;
  lists: SaidLists;
  /** One sentence each, that begins with "line 12: "; empty when all is well. */
  problems: string[];
}

/** Which file it is: only the data directory's may say everything. */
export type Scope = 'home' | 'project';

/** Checks the text of a config.toml against the definitions. Never throws: what is wrong is in `problems`. */
export function checkToml(toml: string, scope: Scope): Checked {
  let document: Record<string, unknown>;
  try {
    document = parse(toml) as Record<string, unknown>;
  } catch (error) {
    return { said: {}, lists: {}, problems: [syntaxProblem(error)] };
  }
  const said: Said = {};
  const lists: SaidLists = {};
  const problems: string[] = [];
  for (const [table, value] of Object.entries(document)) {
    if (Object.hasOwn(LISTS, table)) {
      const found = checkList(toml, scope, table, value);
      lists[table] = found.entries;
      problems.push(...found.problems);
      continue;
    }
    const found = checkTable(toml, scope, table, value);
    said[table] = found.values;
    problems.push(...found.problems);
  }
  return { said, lists, problems };
}

/** toml 5 tells the place of a syntax error in `location`, that of a rule it breaks (a key said twice) in `line` and `column`. */
interface ParseError {
  message: string;
  line?: number;
  column?: number;
  location?: { start: { line: number; column: number } };
  found?: string | null;
}

function syntaxProblem(error: unknown): string {
  const { message, location, found, ...own } = error as ParseError;
  const { line = 1, column = 1 } = location?.start ?? { line: own.line, column: own.column };
  // Its own sentence for a syntax error lists every character that could have stood there.
  const what =
    location === undefined
      ? message
      : `unexpected ${found === null ? 'end of the file' : JSON.stringify(found)}`;
  return `line ${line}, column ${column}: this is no TOML: ${what}`;
}

function at(toml: string, path: readonly string[]): string {
  return `line ${locateKey(toml, path) ?? 1}: `;
}

function meant(word: string, candidates: readonly string[]): string {
  const near = nearMiss(word, candidates);
  return near === null ? `expected one of ${candidates.join(', ')}` : `did you mean "${near}"?`;
}

function checkTable(
  toml: string,
  scope: Scope,
  table: string,
  value: unknown,
): { values: Record<string, unknown>; problems: string[] } {
  const where = at(toml, [table]);
  const free = Object.hasOwn(FREE_TABLES, table);
  const whole = Object.hasOwn(WHOLE_TABLES, table);
  if (!free && !whole && !Object.hasOwn(TABLES, table)) {
    const known = [TABLES, WHOLE_TABLES, FREE_TABLES, LISTS].flatMap((each) => Object.keys(each));
    return {
      values: {},
      problems: [`${where}the key "${table}" is unknown: ${meant(table, known)}`],
    };
  }
  if (!isTable(value)) {
    const problem = `${where}"${table}" is ${describe(value)}, expected a table: [${table}]`;
    return { values: {}, problems: [problem] };
  }
  if (whole) return checkLayout(toml, table, value as Record<string, unknown>);
  if (free && scope === 'project') return { values: {}, problems: [onlyHome(where, table)] };
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [key, given] of Object.entries(value)) {
    const found = checkKey(scope, table, key, given);
    if (found.problem === undefined) values[free ? key : camelCase(key)] = found.value;
    else problems.push(`${at(toml, [table, key])}${found.problem}`);
  }
  return { values, problems };
}

/** A table that says nothing is as if it were not there. */
function checkLayout(
  toml: string,
  table: string,
  value: Record<string, unknown>,
): { values: Record<string, unknown>; problems: string[] } {
  if (Object.keys(value).length === 0) return { values: {}, problems: [] };
  const read = readLayout(value);
  if (!isLayoutProblem(read)) return { values: { whole: read }, problems: [] };
  const path = [table, ...read.path];
  return { values: {}, problems: [`${at(toml, path)}"${path.join('.')}": ${read.problem}`] };
}

/** `[[table]]`, as often as there are entries. */
function checkList(
  toml: string,
  scope: Scope,
  table: string,
  value: unknown,
): { entries: Record<string, unknown>[]; problems: string[] } {
  if (!Array.isArray(value) || !value.every(isTable)) {
    const is = Array.isArray(value)
      ? describe(value)
      : isTable(value)
        ? 'a table'
        : describe(value);
    const problem = `${at(toml, [table])}"${table}" is ${is}, expected a list of tables: [[${table}]]`;
    return { entries: [], problems: [problem] };
  }
  const problems: string[] = [];
  const entries = value.map((entry, index) => {
    const where = [table, String(index)];
    const values: Record<string, unknown> = {};
    for (const [key, given] of Object.entries(entry)) {
      const found = checkKey(scope, table, key, given);
      if (found.problem === undefined) values[camelCase(key)] = found.value;
      else problems.push(`${at(toml, [...where, key])}${found.problem}`);
    }
    for (const [key, { needed }] of Object.entries(keysOfTable(table) ?? {})) {
      if (needed && entry[key] === undefined) {
        problems.push(`${at(toml, where)}"${table}.${key}" is missing`);
      }
    }
    return values;
  });
  return { entries, problems };
}

function isTable(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
  );
}

function onlyHome(where: string, key: string): string {
  return `${where}"${key}" can be set only in the config.toml of the data directory`;
}

function checkKey(
  scope: Scope,
  table: string,
  key: string,
  given: unknown,
): { value?: unknown; problem?: string } {
  const name = `${table}.${key}`;
  if (Object.hasOwn(FREE_TABLES, table)) {
    if (typeof given === 'string') return { value: given };
    const { expected } = FREE_TABLES[table as keyof typeof FREE_TABLES];
    return { problem: `"${name}" is ${describe(given)}, expected ${expected}` };
  }
  const setting = findSetting(table, key);
  if (setting === undefined) {
    const known = Object.keys(keysOfTable(table) ?? {});
    return { problem: `the key "${name}" is unknown: ${meant(key, known)}` };
  }
  if (setting.home && scope === 'project') return { problem: onlyHome('', name) };
  const result = setting.check.safeParse(given);
  if (result.success) return { value: result.data };
  return { problem: `"${name}" is ${describe(given)}, expected ${setting.expected}` };
}

/** A value as the reader of an error wrote it, short. */
function describe(value: unknown): string {
  if (value instanceof Date) return 'a date';
  const json = JSON.stringify(value) ?? String(value);
  return json.length <= 60 ? json : `${json.slice(0, 59)}…`;
}
