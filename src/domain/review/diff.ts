import { diffPath, headerPaths, sidePath } from './diff-path.ts';

/** Which version of a file a line number counts in: before the work, or after it. */
export const DIFF_SIDES = ['old', 'new'] as const;
export type DiffSide = (typeof DIFF_SIDES)[number];

export interface DiffLine {
  readonly kind: 'context' | 'added' | 'deleted';
  /** Without its sign and its line break; text from outside. */
  readonly text: string;
  /** Its number before and after the change, counted from 1; null where it does not exist, or where two parents disagree. */
  readonly oldLine: number | null;
  readonly newLine: number | null;
  /** The file ends here without a line break. */
  readonly unended?: true;
  /** The line is longer than its text here. */
  readonly cut?: true;
}

export interface Hunk {
  /** The line that git wrote above it: `@@ -1,3 +1,4 @@ function x`. */
  readonly header: string;
  readonly lines: readonly DiffLine[];
}

export interface FileDiff {
  /** Its path after the change; that before it when it was deleted. */
  readonly path: string;
  /** Its path before the change, where that was another one. */
  readonly oldPath: string | null;
  readonly change: 'added' | 'deleted' | 'modified' | 'renamed' | 'copied';
  readonly binary: boolean;
  /** Its old and its new mode in git's digits, where the mode changed. */
  readonly mode: { readonly from: string; readonly to: string } | null;
  /** Changed lines; null for a binary file. */
  readonly added: number | null;
  readonly deleted: number | null;
  readonly hunks: readonly Hunk[];
  /** Changes when anything in this file's part of the diff does. */
  readonly hash: string;
  /** Its part was not read to its end. */
  readonly cut: boolean;
}

export interface DiffLimits {
  /** Lines of all files together that are kept. */
  lines: number;
  /** Characters of one line that are kept. */
  lineLength: number;
}

/** What a person can still read through; the rest is better looked at file by file in an editor. */
const USUAL_LIMITS: DiffLimits = { lines: 100_000, lineLength: 4_000 };

/**
 * Reads a unified diff as git writes it: renames, modes, binary files, combined diffs, quoted paths. Never throws, whatever the text: what
 * it does not understand it passes over. Files beyond the limits have their facts and no lines, and say that they are cut.
 */
export function parseDiff(text: string, limits: DiffLimits = USUAL_LIMITS): FileDiff[] {
  const files: FileDiff[] = [];
  let left = limits.lines;
  for (const section of sections(text)) {
    const file = readFile(section, { ...limits, lines: left });
    if (file === null) continue;
    left -= file.hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0);
    files.push(file);
  }
  return files;
}

const FILE_START = /^diff --(?:git|cc|combined) /;

/** The parts of a diff, one for each file. A line of a hunk begins with a sign, so that none looks like the start of a file. */
function sections(text: string): string[] {
  // Only after a line feed: the `^` of a regular expression also stands after a carriage return, which lines of a file may hold.
  const starts: number[] = [];
  for (const match of text.matchAll(/(?:^|\n)(?=diff --(?:git|cc|combined) )/g)) {
    starts.push(match.index + match[0].length);
  }
  return starts.map((start, index) => text.slice(start, starts[index + 1]));
}

interface Facts {
  oldPath: string | null;
  newPath: string | null;
  change: FileDiff['change'];
  binary: boolean;
  oldMode: string | null;
  newMode: string | null;
}

function readFile(section: string, limits: DiffLimits): FileDiff | null {
  const lines = section.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const [first = ''] = lines;
  if (!FILE_START.test(first)) return null;
  const facts: Facts = {
    ...headerPaths(first),
    change: 'modified',
    binary: false,
    oldMode: null,
    newMode: null,
  };
  let at = 1;
  while (at < lines.length && !lines[at]?.startsWith('@@')) {
    readFact(facts, lines[at] ?? '');
    at += 1;
  }
  const found = readHunks(lines, at, limits);
  const path = (facts.change === 'deleted' ? facts.oldPath : facts.newPath) ?? facts.oldPath;
  if (path === null) return null;
  const { binary, oldMode, newMode } = facts;
  const moved = facts.change === 'renamed' || facts.change === 'copied';
  return {
    path,
    oldPath: moved ? facts.oldPath : null,
    change: facts.change,
    binary,
    mode: oldMode !== null && newMode !== null ? { from: oldMode, to: newMode } : null,
    added: binary ? null : found.added,
    deleted: binary ? null : found.deleted,
    hunks: found.hunks,
    hash: hashOf(binary ? section : section.replace(/^index .*\n/m, '')),
    cut: found.cut,
  };
}

/** One line between the start of a file and its first hunk. */
function readFact(facts: Facts, line: string): void {
  const match =
    /^(old mode|new mode|new file mode|deleted file mode|rename from|rename to|copy from|copy to|---|\+\+\+) (.*)$/s.exec(
      line,
    );
  const [, word, value = ''] = match ?? [];
  if (word === 'old mode') facts.oldMode = value;
  else if (word === 'new mode') facts.newMode = value;
  else if (word === 'new file mode') facts.change = 'added';
  else if (word === 'deleted file mode') facts.change = 'deleted';
  else if (word === 'rename from' || word === 'copy from') facts.oldPath = diffPath(value);
  else if (word === 'rename to' || word === 'copy to') {
    facts.newPath = diffPath(value);
    facts.change = word === 'rename to' ? 'renamed' : 'copied';
  } else if (word === '---') facts.oldPath = sidePath(value) ?? facts.oldPath;
  else if (word === '+++') facts.newPath = sidePath(value) ?? facts.newPath;
  else if (/^(?:Binary files .* differ|GIT binary patch)$/s.test(line)) facts.binary = true;
}

interface Found {
  hunks: Hunk[];
  added: number;
  deleted: number;
  cut: boolean;
}

function readHunks(lines: readonly string[], from: number, limits: DiffLimits): Found {
  const found: Found = { hunks: [], added: 0, deleted: 0, cut: false };
  let left = limits.lines;
  let at = from;
  while (at < lines.length) {
    const header = lines[at] ?? '';
    const start = hunkStart(header);
    at += 1;
    if (start === null) continue;
    const hunk: DiffLine[] = [];
    const counter = { oldLine: start.oldLine, newLine: start.newLine };
    for (; at < lines.length && /^[ +\-\\]|^$/.test(lines[at] ?? ''); at += 1) {
      const line = lines[at] ?? '';
      if (line.startsWith('\\')) {
        const last = hunk.pop();
        if (last !== undefined) hunk.push({ ...last, unended: true });
        continue;
      }
      const read = readLine(line, start.parents, counter, limits.lineLength);
      if (read.kind === 'added') found.added += 1;
      if (read.kind === 'deleted') found.deleted += 1;
      if (left > 0) hunk.push(read);
      else found.cut = true;
      left -= 1;
    }
    if (hunk.length > 0)
      found.hunks.push({ header: header.slice(0, limits.lineLength), lines: hunk });
  }
  return found;
}

/** `@@ -1,3 +1,4 @@`; a combined diff has a sign and a range for each parent, and its old lines have no one number. */
function hunkStart(
  header: string,
): { parents: number; oldLine: number | null; newLine: number } | null {
  const match = /^(@@+)((?: -\d+(?:,\d+)?)+) \+(\d+)(?:,\d+)? @@/.exec(header);
  if (match === null) return null;
  const [, at = '@@', olds = '', newLine = '1'] = match;
  const parents = at.length - 1;
  const oldLine = parents === 1 ? Number(/-(\d+)/.exec(olds)?.[1] ?? 1) : null;
  return { parents, oldLine, newLine: Number(newLine) };
}

/** One line of a hunk; moves the counters past it. */
function readLine(
  line: string,
  parents: number,
  counter: { oldLine: number | null; newLine: number },
  length: number,
): DiffLine {
  const signs = line.slice(0, parents);
  const text = line.slice(parents, parents + length);
  const kind = signs.includes('-') ? 'deleted' : signs.includes('+') ? 'added' : 'context';
  const oldLine = kind === 'added' ? null : counter.oldLine;
  const newLine = kind === 'deleted' ? null : counter.newLine;
  if (oldLine !== null) counter.oldLine = oldLine + 1;
  if (newLine !== null) counter.newLine = newLine + 1;
  const read = { kind, text, oldLine, newLine } as const;
  return line.length > parents + length ? { ...read, cut: true } : read;
}

/** Fourteen hex digits that tell two texts apart (cyrb53). Not a secret's business: nobody gains by making two diffs look the same. */
function hashOf(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high =
    Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low =
    Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return (4_294_967_296 * (2_097_151 & low) + (high >>> 0)).toString(16).padStart(14, '0');
}

/** The sign that git writes before a line of this kind. */
export function signOf({ kind }: Pick<DiffLine, 'kind'>): ' ' | '+' | '-' {
  return kind === 'added' ? '+' : kind === 'deleted' ? '-' : ' ';
}
