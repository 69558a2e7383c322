import { expect, test } from 'vitest';
import { locateKey } from '#config/locate.ts';

const TOML = `# [claude] in a comment
theme.working = "green"

[claude] # how it starts
model = "opus"
"effort" = "high"
permission_mode = { autonomous = "plan" }

[worktree]
setup = """
[tmux]
model = "not a key"
"""
setup_timeout_secs = 3

[ tmux ]
socket = 'x'
`;

test.each([
  [['theme', 'working'], 2],
  [['theme'], 2],
  [['claude'], 4],
  [['claude', 'model'], 5],
  [['claude', 'effort'], 6],
  [['claude', 'permission_mode', 'autonomous'], 7],
  [['worktree', 'setup'], 10],
  [['worktree', 'setup_timeout_secs'], 14],
  [['tmux'], 16],
  [['tmux', 'socket'], 17],
  [['tmux', 'nowhere'], 16],
  [['nowhere'], null],
])('%j is said in line %s', (path, line) => {
  expect(locateKey(TOML, path)).toBe(line);
});

test('a text of several lines that closes in its own line hides nothing', () => {
  expect(locateKey('a = """one line"""\nb = 1', ['b'])).toBe(2);
});

test('tables of a list are counted', () => {
  const toml = '[[templates]]\nname = "a"\n\n[[ templates ]]\nname = "b"\n[[other]]\nname = "c"';
  expect(locateKey(toml, ['templates'])).toBe(1);
  expect(locateKey(toml, ['templates', '0', 'name'])).toBe(2);
  expect(locateKey(toml, ['templates', '1'])).toBe(4);
  expect(locateKey(toml, ['templates', '1', 'name'])).toBe(5);
  expect(locateKey(toml, ['other', '0', 'name'])).toBe(7);
});
