import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  readTranscriptPart,
  sizeOf,
  subagentTranscripts,
} from '#adapters/claude/transcript-lines.ts';
import { tempDir } from '../../support/temp-dir.ts';

test('a transcript is read on from where it was left, whole lines only', () => {
  const path = join(tempDir(), 'c.jsonl');
  expect(readTranscriptPart(path, 0)).toBeNull();
  expect(sizeOf(path)).toBeNull();
  writeFileSync(path, '{"a":1}\nno json\n{"b":"ü"}\n{"half":');
  const first = readTranscriptPart(path, 0);
  expect(first).toEqual({ lines: [{ a: 1 }, { b: 'ü' }], next: 27, more: false });
  appendFileSync(path, '2}\n');
  expect(readTranscriptPart(path, 27)).toEqual({ lines: [{ half: 2 }], next: 38, more: false });
  expect(readTranscriptPart(path, 38)).toEqual({ lines: [], next: 38, more: false });
  expect(sizeOf(path)).toBe(38);
});

test('a long one is read in parts, and a line that is too long is passed over', () => {
  const path = join(tempDir(), 'c.jsonl');
  const line = `${JSON.stringify({ text: 'x'.repeat(1000) })}\n`;
  writeFileSync(path, line.repeat(2_500));
  appendFileSync(path, `{"huge":"${'y'.repeat(3_000_000)}"}\n{"last":true}\n`);
  let from = 0;
  let parts = 0;
  const lines: unknown[] = [];
  for (let more = true; more; parts += 1) {
    const part = readTranscriptPart(path, from);
    if (part === null) throw new Error('It is gone.');
    lines.push(...part.lines);
    ({ next: from, more } = part);
  }
  expect(lines).toHaveLength(2_501);
  expect(lines.at(-1)).toEqual({ last: true });
  expect(parts).toBeGreaterThan(4);
});

test('one that became shorter is not counted again', () => {
  const path = join(tempDir(), 'c.jsonl');
  writeFileSync(path, '{"a":1}\n');
  expect(readTranscriptPart(path, 500)).toEqual({ lines: [], next: 8, more: false });
});

test('subagents have transcripts in a folder beside that of their conversation', () => {
  const folder = tempDir();
  const path = join(folder, 'c.jsonl');
  expect(subagentTranscripts(path)).toEqual([]);
  mkdirSync(join(folder, 'c', 'subagents'), { recursive: true });
  writeFileSync(join(folder, 'c', 'subagents', 'agent-1.jsonl'), '');
  writeFileSync(join(folder, 'c', 'subagents', 'agent-1.meta.json'), '');
  expect(subagentTranscripts(path)).toEqual([join(folder, 'c', 'subagents', 'agent-1.jsonl')]);
});
