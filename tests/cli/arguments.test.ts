import { expect, test } from 'vitest';
import { parseArguments } from '#cli/arguments.ts';
import { type SurfaceCommand, surfaceCommand } from '#cli/command.ts';

function parse(usage: string, argv: string[], more: Partial<SurfaceCommand> = {}) {
  const surface: SurfaceCommand = { usage, summary: 'A command.', run: async () => 0, ...more };
  const parsed = parseArguments(argv, [surfaceCommand(surface)], { version: '1', columns: 80 });
  return parsed.kind === 'run' ? parsed.given : parsed;
}

test.each([
  ['send <task> <text|->', ['send', '1', '-'], { task: '1', text: '-' }],
  ['add <base-branch> [path]', ['add', 'main'], { baseBranch: 'main' }],
  ['launch <task...>', ['launch', '1', '2'], { task: ['1', '2'] }],
  ['list [task...]', ['list'], {}],
  ['send <task> <text>', ['send', '1', '--', '-x'], { task: '1', text: '-x' }],
])('%s with %j gives %j', (usage, argv, given) => {
  expect(parse(usage, argv)).toEqual(given);
});

test('an option that may repeat is a list that starts anew with each command line', () => {
  const options = [{ flags: '--after <id>', summary: 'x', repeatable: true }];
  expect(parse('add', ['add', '--after', '1', '--after', '2'], { options })).toEqual({
    after: ['1', '2'],
  });
  expect(parse('add', ['add'], { options })).toEqual({});
});

test('an option without its value is wrong usage of that command', () => {
  const options = [{ flags: '--for <status>', summary: 'x' }];
  expect(parse('wait', ['w', '--for'], { options, aliases: ['w'] })).toEqual({
    kind: 'wrong',
    reason: "Option '--for <status>' argument missing.",
    hint: 'See: claustre wait --help',
  });
});

test('the help of a command begins with how it is used', () => {
  expect(parse('wait <task...>', ['wait', '--help'])).toMatchObject({
    kind: 'text',
    text: expect.stringMatching(/^Usage: claustre wait \[options\] <task\.\.\.>\n\nA command\.\n/),
  });
});
