import { expect, test } from 'vitest';
import { readOptions } from '#demo/agent/options.ts';

test('it is called as Claude Code is', () => {
  const words = ['--settings', 'a.json', '--settings', 's.json', '--session-id', 'x'];
  const more = ['--disallowedTools', 'One', 'Two', '--permission-mode', 'plan', '--', '-p is text'];
  expect(readOptions([...words, ...more])).toMatchObject({
    settings: 's.json',
    sessionId: 'x',
    permissionMode: 'plan',
    resume: null,
    prompt: '-p is text',
  });
  expect(readOptions(['--version'])).toMatchObject({ version: true });
  const printing = ['--print', '--output-format', 'json', '--json-schema', '{}'];
  expect(readOptions(printing)).toMatchObject({ print: true, outputFormat: 'json' });
});

test('an option that it does not know is an error, as is one without its value', () => {
  expect(readOptions(['--sessionid', 'x'])).toBe("error: unknown option '--sessionid'");
  expect(readOptions(['--model'])).toMatch(/argument missing/);
});
