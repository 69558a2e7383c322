import { readFileSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { ClaustreError } from '#domain/error.ts';
import { checkToml, type Said, type SaidLists, type Scope } from './check.ts';
import { locateKey } from './locate.ts';
import type { Paths } from './paths.ts';
import { camelCase } from './setting.ts';
import {
  FREE_TABLES,
  keysOfTable,
  LISTS,
  type Settings,
  TABLES,
  WHOLE_DEFAULTS,
} from './settings.ts';

/** The user's settings. A file is read when first asked for and again only after it changed; a broken one throws `environment`, each time. */
export interface Config {
  /** Defaults with the data directory's config.toml over them. */
  readonly settings: Settings;
  /** The same with `<repository>/.claustre/config.toml` on top. The path is that of the main working tree. */
  forProject(repositoryPath: string): Settings;
  /** Where the data directory's file says a key (`keys`, `launch`), for errors of those who check a value further; null when it does not. */
  origin(table: string, key: string): { file: string; line: number } | null;
}

/** The few things that are asked of the file system. */
export interface ConfigFiles {
  /** A value that changes when the file changes; null when there is no such file. */
  version(path: string): string | null;
  read(path: string): string;
}

const MAX_BYTES = 1024 * 1024;

/** A repository that is gone, or a file where it was, has no settings; the operation that needs it will say so. */
function statIfThere(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

const realFiles: ConfigFiles = {
  version(path) {
    const found = statIfThere(path);
    if (found === null || !found.isFile()) return null;
    if (found.size > MAX_BYTES) throw new Error('it is larger than 1 MiB');
    return `${found.mtimeMs} ${found.size} ${found.ino}`;
  },
  read: (path) => readFileSync(path, 'utf8'),
};

interface Loaded {
  version: string | null;
  toml: string;
  said: Said;
  lists: SaidLists;
  error: ClaustreError | null;
}

/** Reads nothing yet: a command that needs no setting works with a broken file too. */
export function loadConfig(paths: Pick<Paths, 'config'>, files: ConfigFiles = realFiles): Config {
  const known = new Map<string, Loaded>();
  const load = (path: string, scope: Scope): Loaded => {
    const version = readOrThrow(path, () => files.version(path));
    const before = known.get(path);
    if (before !== undefined && before.version === version) return before;
    const toml = version === null ? '' : readOrThrow(path, () => files.read(path));
    const { said, lists, problems } = checkToml(toml, scope);
    const loaded: Loaded = { version, toml, said, lists, error: problemsError(path, problems) };
    known.set(path, loaded);
    return loaded;
  };
  const said = (path: string, scope: Scope): Loaded => {
    const loaded = load(path, scope);
    if (loaded.error !== null) throw loaded.error;
    return loaded;
  };
  return {
    get settings() {
      return layered(said(paths.config, 'home'));
    },
    forProject(repositoryPath) {
      const own = join(repositoryPath, '.claustre', 'config.toml');
      return layered(said(paths.config, 'home'), said(own, 'project'));
    },
    origin(table, key) {
      const { toml, said: says } = load(paths.config, 'home');
      if (says[table]?.[key] === undefined) return null;
      const line = locateKey(toml, [table, key]);
      return line === null ? null : { file: paths.config, line };
    },
  };
}

function readOrThrow<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ClaustreError('environment', `The settings in ${path} cannot be read: ${reason}.`, {
      hint: 'Make the file readable, or move it away.',
      cause,
    });
  }
}

function problemsError(path: string, problems: readonly string[]): ClaustreError | null {
  if (problems.length === 0) return null;
  const lines = problems.map((problem) => {
    const sentence = /[.?]$/.test(problem) ? problem : `${problem}.`;
    return `${path}, ${sentence}`;
  });
  return new ClaustreError('environment', lines.join('\n'), {
    hint: 'Mend the file; config.example.toml has every key with its default.',
  });
}

/** Lays what files say over the defaults, later files last. Tables in values (modes, keys, colours) are laid over key by key. */
function layered(...loaded: readonly Loaded[]): Settings {
  const settings: Record<string, unknown> = {};
  const files = loaded.map(({ said }) => said);
  for (const [table, { keys }] of Object.entries(TABLES)) {
    const values: Record<string, unknown> = {};
    for (const [key, setting] of Object.entries(keys)) {
      const name = camelCase(key);
      values[name] = files.reduce<unknown>(
        (value, file) => over(value, file[table]?.[name]),
        setting.default,
      );
    }
    settings[camelCase(table)] = values;
  }
  for (const table of Object.keys(FREE_TABLES)) {
    settings[table] = Object.assign({}, ...files.map((file) => file[table]));
  }
  for (const list of Object.keys(LISTS)) {
    settings[list] = layeredList(
      list,
      loaded.map(({ lists }) => lists[list] ?? []),
    );
  }
  const wholes = Object.entries(WHOLE_DEFAULTS).map(([table, standard]) => [
    table,
    files.findLast((file) => file[table]?.whole !== undefined)?.[table]?.whole ?? standard,
  ]);
  return { ...settings, ...Object.fromEntries(wholes) } as Settings;
}

/** The entries of all files in their order, each with its defaults; a later one takes the place of one with its name. */
function layeredList(list: string, files: readonly SaidLists[string][]): unknown[] {
  const defaults = Object.entries(keysOfTable(list) ?? {}).map(([key, setting]) => [
    camelCase(key),
    setting.default,
  ]);
  const byName = new Map<unknown, unknown>();
  for (const entry of files.flat()) {
    byName.set(entry.name, { ...Object.fromEntries(defaults), ...entry });
  }
  return [...byName.values()];
}

function over(below: unknown, above: unknown): unknown {
  if (above === undefined) return below;
  return isRecord(below) && isRecord(above) ? { ...below, ...above } : above;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
