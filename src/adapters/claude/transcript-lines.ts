import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What was appended to a transcript since a place in it. */
export interface TranscriptPart {
  /** Parsed lines; one that is no JSON is left out. */
  lines: unknown[];
  /** Where the next part begins, in bytes. */
  next: number;
  /** Whether there is more than fitted into this part. */
  more: boolean;
}

/** A part has at most this many bytes, so that reading a long conversation for the first time is done in steps. */
const PART_BYTES = 1024 * 1024;
/** Of one conversation; each of them is looked at again and again. */
const MAX_SUBAGENTS = 200;

/** The size of a file in bytes; null when there is none. Throws what the disk throws. */
export function sizeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null;
}

/**
 * The whole lines of a transcript from this byte on, at most 1 MiB of them. A line that is longer than that is passed over: only what a tool
 * brought is so long. null when there is no such file.
 */
export function readTranscriptPart(path: string, from: number): TranscriptPart | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  try {
    const { size } = fstatSync(file);
    // Somebody has written it anew; what stands there now may have been counted.
    if (size < from) return { lines: [], next: size, more: false };
    const bytes = Buffer.alloc(Math.min(PART_BYTES, size - from));
    const length = readSync(file, bytes, 0, bytes.length, from);
    const end = bytes.lastIndexOf('\n', length - 1) + 1;
    // Without a line's end it is either being written just now or too long; the next part begins inside it, which is no JSON.
    if (end === 0) {
      const passed = length === PART_BYTES ? length : 0;
      return { lines: [], next: from + passed, more: passed > 0 };
    }
    const lines = bytes.toString('utf8', 0, end).split('\n').flatMap(parsed);
    return { lines, next: from + end, more: length === PART_BYTES };
  } finally {
    closeSync(file);
  }
}

/** The transcripts of the subagents of a conversation: they lie in a folder beside it. */
export function subagentTranscripts(path: string): string[] {
  const folder = join(path.replace(/\.jsonl$/, ''), 'subagents');
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .slice(0, MAX_SUBAGENTS)
      .map((name) => join(folder, name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function parsed(line: string): unknown[] {
  if (line === '') return [];
  try {
    return [JSON.parse(line)];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
