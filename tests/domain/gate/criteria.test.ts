import { describe, expect, test } from 'vitest';
import { criteriaPermissions, criteriaPrompt, judged } from '#domain/gate/criteria.ts';
import type { Criterion } from '#domain/gate/criterion.ts';

const AT = { headCommit: 'head', checkedAt: 'now' };
const criterion = (text: string, position = 0): Criterion => ({
  ...{ taskId: 1, position, text, verdict: null, evidence: null },
  ...{ headCommit: null, checkedAt: null },
});

const one = (said: unknown) => judged([criterion('It builds')], { verdicts: [said] }, AT)[0];

describe('a verdict', () => {
  test('cites what was run and read', () => {
    const said = { id: 'C1', verdict: 'unmet', seen: 'Red.', commands: ['make'], files: ['x'] };
    expect(one(said)).toMatchObject({
      ...AT,
      verdict: 'unmet',
      evidence: 'Red. (ran make; read x)',
    });
    expect(one({ id: 'C1', verdict: 'met', commands: ['make'] })).toMatchObject({
      verdict: 'met',
      evidence: 'ran make',
    });
  });

  test('without any of it is unknown, whatever it claims', () => {
    expect(
      one({ id: 'C1', verdict: 'met', seen: 'Sure.', commands: [' '], files: [] }),
    ).toMatchObject({
      verdict: 'unknown',
      evidence: 'Nothing was run or read for it. The claim was: Sure.',
    });
  });

  test.each([[{ id: 'C2', verdict: 'met', commands: ['make'] }], [{ id: 'C1', verdict: 'good' }]])(
    'that is none is unknown: %j',
    (said) => {
      expect(one(said)).toMatchObject({
        verdict: 'unknown',
        evidence: 'Nothing was said about it.',
      });
    },
  );

  test('is found in a text, too', () => {
    const text = 'So: {"verdicts": [{"id": "C1", "verdict": "met", "files": ["a"]}]}';
    expect(judged([criterion('a')], text, AT)).toMatchObject([{ verdict: 'met' }]);
    expect(judged([criterion('a')], 'I am done.', AT)).toMatchObject([{ verdict: 'unknown' }]);
  });
});

test('whoever judges is told the task, the criteria and what may be run', () => {
  const prompt = criteriaPrompt({
    task: { title: 'T', prompt: 'Build it.' },
    criteria: [{ text: 'It builds' }, { text: 'It is fast' }],
    gates: [{ command: 'npm test' }],
    baseCommit: 'abc',
  });
  expect(prompt).toContain('The task was: Build it.');
  expect(prompt).toContain('C1. It builds\nC2. It is fast');
  expect(prompt).toContain('- npm test');
  expect(prompt).toContain('git diff abc...HEAD');
});

test('whoever judges may run what only runs', () => {
  const { allow, deny } = criteriaPermissions(
    {
      allow: ['Edit', 'Bash(git *)', 'Bash(sed *)', 'Bash(npm *)', 'Bash(*)'],
      deny: ['Bash(gh pr merge *)'],
    },
    [{ command: 'make check' }],
  );
  expect(allow).toContain('Bash(npm *)');
  expect(allow).toContain('Bash(make check)');
  for (const rule of ['Edit', 'Bash(git *)', 'Bash(sed *)', 'Bash(*)']) {
    expect(allow).not.toContain(rule);
  }
  expect(deny).toEqual(expect.arrayContaining(['Edit', 'Write', 'Bash(gh pr merge *)']));
});
