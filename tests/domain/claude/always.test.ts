import { describe, expect, test } from 'vitest';
import { alwaysWords, sessionPermissions } from '#domain/claude/always.ts';
import { offersCommand } from '../../support/requests.ts';

const rule = (changes: object) => ({ ...offersCommand('npm test')[0], ...changes });
const offered = (...permission_suggestions: unknown[]) => ({ permission_suggestions });

describe('a yes for the session', () => {
  test('is what Claude offers, and never lasts longer', () => {
    expect(sessionPermissions(offered(rule({})))).toEqual([rule({ destination: 'session' })]);
  });

  test.each([
    ['Bash(npm test)', rule({})],
    ['WebSearch', rule({ rules: [{ toolName: 'WebSearch' }] })],
    [
      'Bash(ls), Read(a b)',
      rule({
        rules: [
          { toolName: 'Bash', ruleContent: 'ls' },
          { toolName: 'Read', ruleContent: 'a\u001Bb' },
        ],
      }),
    ],
    ['work in /srv', { type: 'addDirectories', directories: ['/srv'] }],
    ['all edits of files', { type: 'setMode', mode: 'acceptEdits' }],
  ])('is told as "%s"', (words, suggestion) => {
    expect(alwaysWords(offered(suggestion))).toBe(words);
  });

  test.each([
    ['nothing', undefined],
    ['the end of all asking', { type: 'setMode', mode: 'bypassPermissions' }],
    ['a rule that forbids', rule({ behavior: 'deny' })],
    ['rules of which one says nothing', rule({ rules: [{ toolName: 'Bash' }, {}] })],
    ['no rule', rule({ rules: [] })],
    ['something new', { type: 'addMagic' }],
  ])('is not there for %s', (_, suggestion) => {
    expect(alwaysWords(offered(suggestion))).toBeNull();
    expect(sessionPermissions(offered(suggestion))).toEqual([]);
  });

  test('is as short as a row', () => {
    expect(alwaysWords(offered(rule({ rules: [{ toolName: 'x'.repeat(9_000) }] })))).toHaveLength(
      300,
    );
  });
});
