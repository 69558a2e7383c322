import { expect, test } from 'vitest';
import { printDiagnosis } from '#cli/print/doctor.ts';
import { createPaint } from '#cli/style.ts';

const SHEET = { width: 80, paint: createPaint(false), now: 0 };

test('each check has its line, each problem its remedy', () => {
  const checks = [
    { name: 'git', state: 'ok', detail: '2.39.5', hint: null },
    {
      name: 'gh',
      state: 'missing',
      detail: 'The program "gh" was not found.',
      hint: 'Install gh.',
    },
    { name: 'Claude Code', state: 'failed', detail: 'It is \u001b[1mgone.', hint: null },
  ] as const;
  expect(printDiagnosis({ ok: false, checks: [...checks] }, SHEET)).toBe(
    [
      '✓ git          2.39.5',
      '- gh           The program "gh" was not found.',
      '               Install gh.',
      '✗ Claude Code  It is gone.',
      '',
      'claustre cannot do its work before this is mended.',
    ].join('\n'),
  );
});

test('says at the end that all is well', () => {
  expect(printDiagnosis({ ok: true, checks: [] }, SHEET)).toContain('can do its work');
});
