/** Paths as git writes them into a diff: plain, or in quotes with the escapes of C where a byte could be misread. */

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  '\\': 92,
};

/** A path without git's quotes. What is not quoted comes back as it is. */
export function diffPath(written: string): string {
  return written.startsWith('"') ? (unquote(written)?.path ?? written) : written;
}

/** The path behind `--- ` or `+++ `, without its `a/` or `b/`; null for `/dev/null`. A blank in it makes git end it with a tab. */
export function sidePath(written: string): string | null {
  const path = diffPath(written.startsWith('"') ? written : written.replace(/\t$/, ''));
  return path === '/dev/null' ? null : withoutPrefix(path);
}

/** Both paths of the line that begins a file; null where they cannot be told apart, which the lines below it then do. */
export function headerPaths(line: string): { oldPath: string | null; newPath: string | null } {
  const combined = /^diff --(?:cc|combined) (.*)$/s.exec(line)?.[1];
  if (combined !== undefined) {
    const path = diffPath(combined);
    return { oldPath: path, newPath: path };
  }
  const rest = line.replace(/^diff --git /, '');
  const [oldPath, newPath] = rest.includes('"') ? quotedPair(rest) : plainPair(rest);
  return { oldPath, newPath };
}

type Pair = [oldPath: string | null, newPath: string | null];

/** `a/x b/x`: the same path twice, since git says renames in lines of their own. */
function plainPair(rest: string): Pair {
  const half = (rest.length - 1) / 2;
  const [one, other] = [rest.slice(0, half), rest.slice(half + 1)];
  if (!Number.isInteger(half) || rest[half] !== ' ') return [null, null];
  const [path, same] = [withoutPrefix(one), withoutPrefix(other)];
  return path === same ? [path, same] : [null, null];
}

function quotedPair(rest: string): Pair {
  const first = unquote(rest);
  if (first !== null)
    return [withoutPrefix(first.path), withoutPrefix(diffPath(rest.slice(first.end + 1)))];
  const at = rest.indexOf(' "');
  if (at === -1) return [null, null];
  return [withoutPrefix(rest.slice(0, at)), withoutPrefix(diffPath(rest.slice(at + 1)))];
}

function withoutPrefix(path: string): string {
  return path.replace(/^[ab]\//, '');
}

/** What stands between the quotes at the start of the text, and where they end; null when there are none. */
function unquote(text: string): { path: string; end: number } | null {
  const quoted = /^"((?:[^"\\]|\\.)*)"/s.exec(text);
  if (quoted === null) return null;
  const [all, inside = ''] = quoted;
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const [part, octal, letter] of inside.matchAll(/\\([0-3][0-7]{2})|\\(.)|[^\\]+/gs)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (letter !== undefined) bytes.push(ESCAPES[letter] ?? letter.charCodeAt(0));
    else bytes.push(...encoder.encode(part));
  }
  return { path: new TextDecoder().decode(Uint8Array.from(bytes)), end: all.length };
}
