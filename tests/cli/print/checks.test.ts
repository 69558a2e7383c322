import { expect, test } from 'vitest';
import { printChecks } from '#cli/print/checks.ts';
import { createPaint } from '#cli/style.ts';
import { aCheck } from '../../support/reading.ts';

const SHEET = { width: 80, paint: createPaint(false), now: Date.parse('2030-01-01T12:00:00Z') };
const readAt = '2030-01-01T11:56:00Z';

test('the verdict stands above the checks, what failed before what passed', () => {
  const checks = [
    aCheck('docs', 'SKIPPED'),
    aCheck('build', 'SUCCESS', { workflow: 'CI', required: true }),
    aCheck('lint', 'FAILURE', { workflow: 'CI', required: false, url: 'https://ci.example.org/1' }),
    aCheck('evil\u001b[31m', 'FAILURE', { workflow: 'CI', required: true }),
  ];
  expect(printChecks({ number: 7, verdict: 'failed', note: null, readAt, checks }, SHEET)).toBe(
    [
      'PR #7: checks failed, read 4m ago.',
      'STATE      CHECK       REQUIRED  URL',
      '✗ failure  CI / evil   required',
      '✗ failure  CI / lint   optional  https://ci.example.org/1',
      '✓ success  CI / build  required',
      '- skipped  docs',
    ].join('\n'),
  );
});

test('without any the verdict says why', () => {
  const note = 'its commit asks for none';
  expect(printChecks({ number: 7, verdict: 'skipped', note, readAt, checks: [] }, SHEET)).toBe(
    'PR #7: checks skipped: its commit asks for none, read 4m ago.',
  );
});
