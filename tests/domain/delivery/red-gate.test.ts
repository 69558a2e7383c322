import { expect, test } from 'vitest';
import { missingAutofix, missingGate } from '#domain/delivery/red-gate.ts';
import { aGateRun } from '../../support/builders.ts';

const RED = aGateRun({ outcome: 'failed', exitCode: 2 });

test('a gate that does not pass is told with the end of what it said, as data', () => {
  const output = `${Array.from({ length: 300 }, (_, line) => `line ${line}`).join('\n')}\n\u001b[31mred\u001b[0m\n`;
  const found = missingGate(RED, output);
  expect(found).toMatchObject({ kind: 'gate', key: 'test@head', title: 'gate test fails' });
  expect(found.order).not.toContain('line');
  const [gate, command, ended, blank, ...said] = (found.data ?? '').split('\n');
  expect([gate, command]).toEqual(['gate: test', 'command: npm test']);
  expect([ended, blank]).toEqual(['how it ended: failed with exit code 2', '']);
  expect(said).toHaveLength(80);
  expect(said.slice(-2)).toEqual(['line 299', 'red']);
});

test('one that said nothing, or that did not end, says how it ended', () => {
  expect(missingGate(RED, '').data).toBe(missingGate(RED, null).data);
  const late = aGateRun({ outcome: 'timed_out', exitCode: null, note: 'It took 5 s.' });
  const found = missingGate(late, null);
  expect(found.title).toBe('gate test takes too long: It took 5 s.');
  expect(found.data).toMatch(/how it ended: timed out\. It took 5 s\.$/);
});

test('Claude is not told of one that could not be run: it did not break that', () => {
  const note = 'sh: not found';
  const found = missingGate(aGateRun({ outcome: 'unknown', note }), null);
  expect(found).toMatchObject({ order: null, title: `gate test could not be run: ${note}` });
});

test('a gate that passes with what autofix changed wants a commit', () => {
  const run = aGateRun({ clean: false, note: 'Autofix changed 3 files.' });
  const found = missingAutofix(run);
  expect(found.key).not.toBe(missingGate(run, null).key);
  expect(found.title).toBe('gate test passes only with what its autofix changed');
  expect(found.data).toContain('how it ended: passed. Autofix changed 3 files.');
});
