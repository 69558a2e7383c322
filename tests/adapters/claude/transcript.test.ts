import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasConversation } from '#adapters/claude/transcript.ts';
import { tempDir } from '../../support/temp-dir.ts';

test('a transcript with a prompt is a conversation; one without, or none at all, is not', () => {
  const path = join(tempDir(), 'conversation.jsonl');
  expect(hasConversation(path)).toBe(false);
  writeFileSync(path, '{"type":"mode","mode":"normal"}\n{"type":"system"}\n');
  expect(hasConversation(path)).toBe(false);
  writeFileSync(path, '{"parentUuid":null,"type":"user","message":{"role":"user"}}\n');
  expect(hasConversation(path)).toBe(true);
});

test('what cannot be told from the start of a large file counts as a conversation', () => {
  const path = join(tempDir(), 'conversation.jsonl');
  writeFileSync(path, '{"type":"system"}\n'.repeat(20_000));
  expect(hasConversation(path)).toBe(true);
});
