/** A key path of a TOML file, like ["claude", "permission_mode"]; a number counts the tables of a list: ["templates", "0", "name"]. */
export type KeyPath = readonly string[];

const HEADER = /^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$/;
const KEY_PART = String.raw`(?:[\w-]+|"[^"]*"|'[^']*')`;
const ASSIGNMENT = new RegExp(String.raw`^\s*(${KEY_PART}(?:\s*\.\s*${KEY_PART})*)\s*=(.*)$`);

function split(key: string): string[] {
  const parts = key.match(new RegExp(KEY_PART, 'g')) ?? [];
  return parts.map((part) => part.replace(/^["']|["']$/g, ''));
}

function startsWith(path: KeyPath, start: KeyPath): boolean {
  return start.length <= path.length && start.every((part, index) => part === path[index]);
}

/** Whether a line opens a text of several lines that it does not close, and with which quotes. */
function openedBy(value: string): string | null {
  const quotes = /^\s*("""|''')/.exec(value)?.[1];
  if (quotes === undefined) return null;
  return value.indexOf(quotes, value.indexOf(quotes) + 3) === -1 ? quotes : null;
}

/**
 * The line (from 1) on which a TOML text says this key. The parser tells lines only of what it cannot parse, so that this looks for the
 * key by itself: the exact line where there is one, else the line of the nearest table or inline table around it, else null.
 */
export function locateKey(toml: string, path: KeyPath): number | null {
  let table: string[] = [];
  let around: { line: number; depth: number } | null = null;
  let closing: string | null = null;
  const listed = new Map<string, number>();
  for (const [index, line] of toml.split(/\r?\n/).entries()) {
    if (closing !== null) {
      if (line.includes(closing)) closing = null;
      continue;
    }
    const [, brackets, header] = HEADER.exec(line) ?? [];
    const assignment = ASSIGNMENT.exec(line);
    let here: string[];
    if (assignment !== null) {
      here = [...table, ...split(assignment[1] ?? '')];
      closing = openedBy(assignment[2] ?? '');
    } else if (header !== undefined) {
      table = split(header);
      if (brackets === '[[') {
        const place = listed.get(header) ?? 0;
        listed.set(header, place + 1);
        table.push(String(place));
      }
      here = table;
    } else continue;
    if (!startsWith(path, here)) {
      // `[claude.x]` and `claude.x = …` also say the table "claude".
      if (startsWith(here, path)) return index + 1;
      continue;
    }
    if (here.length === path.length) return index + 1;
    if (around === null || here.length > around.depth) {
      around = { line: index + 1, depth: here.length };
    }
  }
  return around?.line ?? null;
}
