import { expect, test } from 'vitest';
import { autofixFinding, gateFinding } from '#domain/gate/finding.ts';
import { aGateRun } from '../../support/builders.ts';

const RED = aGateRun({ outcome: 'failed', exitCode: 2 });

test('a red gate is a finding with the end of what it said', () => {
  const output = `${Array.from({ length: 300 }, (_, line) => `line ${line}`).join('\n')}\n\u001b[31mred\u001b[0m\n`;
  const finding = gateFinding(RED, output);
  expect(finding).toMatchObject({
    ...{ kind: 'gate', key: 'test@head', title: 'gate test' },
    facts: [
      ['gate', 'test'],
      ['command', 'npm test'],
      ['how it ended', 'failed with exit code 2'],
    ],
  });
  expect(finding.text?.split('\n')).toHaveLength(80);
  expect(finding.text?.endsWith('line 299\nred')).toBe(true);
});

test('one that said nothing, or that did not end, says how it ended', () => {
  expect(gateFinding(RED, '').text).toBeNull();
  expect(gateFinding(RED, null).text).toBeNull();
  const late = { outcome: 'timed_out', exitCode: null, note: 'It took 5 s.' } as const;
  expect(gateFinding(aGateRun(late), null).facts[2]).toEqual([
    'how it ended',
    'timed out. It took 5 s.',
  ]);
});

test('a gate that passes with what autofix changed wants a commit', () => {
  const run = aGateRun({ clean: false, note: 'Autofix changed 3 files.' });
  const finding = autofixFinding(run);
  expect(finding.key).not.toBe(gateFinding(run, null).key);
  expect(finding.facts).toContainEqual(['how it ended', 'passed. Autofix changed 3 files.']);
  expect(finding.title).toBe('gate test: commit what autofix changed');
});
