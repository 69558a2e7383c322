import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

export interface SourceFile {
  /** From the root of the repository, with slashes. */
  path: string;
  text: string;
}

/** All files below a folder of the repository with one of these endings. */
export function sourceFiles(folder: string, endings: readonly string[]): SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: relative(ROOT, path), text: readFileSync(path, 'utf8') };
    })
    .sort((a, b) => a.path.localeCompare(b.path));
}

const IMPORT = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)';/gm;
const DYNAMIC = /\bimport\(\s*'([^']+)'\s*\)/g;

/** What a file imports: `atOnce` is loaded with it, `later` by import(); types load nothing. */
export function importsOf(text: string): { atOnce: string[]; types: string[]; later: string[] } {
  const found = { atOnce: [] as string[], types: [] as string[], later: [] as string[] };
  for (const [, type, from = ''] of text.matchAll(IMPORT)) {
    (type === undefined ? found.atOnce : found.types).push(from);
  }
  for (const [, from = ''] of text.matchAll(DYNAMIC)) found.later.push(from);
  return found;
}

/** Everything that is loaded at once with a file: files of src by path, packages by name. */
export function loadedWith(start: string, files: readonly SourceFile[]): Set<string> {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const from of importsOf(texts.get(path) ?? '').atOnce) {
      if (from.startsWith('#')) visit(`src/${from.slice(1)}`);
      else if (from.startsWith('.')) visit(normalize(join(dirname(path), from)));
      else seen.add(from);
    }
  };
  visit(start);
  return seen;
}
