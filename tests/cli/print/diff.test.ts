import { expect, test } from 'vitest';
import { printDiff } from '#cli/print/diff.ts';
import { createPaint } from '#cli/style.ts';

const TEXT = 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\u001b[2J\n+new\ttab\n same\n';

test('a diff goes into a pipe exactly as it is', () => {
  expect(printDiff({ text: TEXT }, { width: null, paint: createPaint(false), now: 0 })).toBe(TEXT);
});

test('on a screen its lines have colours of ours and none of their own', () => {
  const shown = printDiff({ text: TEXT }, { width: 80, paint: createPaint(true), now: 0 });
  expect(shown).toContain('\u001b[31m-old\u001b[39m\n\u001b[32m+new  tab\u001b[39m\n same\n');
  expect(shown).toContain('\u001b[1m--- a/x\u001b[22m');
  expect(shown).not.toContain('\u001b[2J');
});

test('no change is a sentence on a screen and nothing in a pipe', () => {
  const paint = createPaint(false);
  expect(printDiff({ text: '' }, { width: 80, paint, now: 0 })).toBe('No changes.');
  expect(printDiff({ text: '' }, { width: null, paint, now: 0 })).toBe('');
});
