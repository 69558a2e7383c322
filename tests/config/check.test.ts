import { expect, test } from 'vitest';
import { checkToml } from '#config/check.ts';
import { FREE_TABLES, LISTS, TABLES, WHOLE_TABLES } from '#config/settings.ts';

test('what is right comes back in the names of the code', () => {
  const { said, problems } = checkToml(
    '[claude]\nmodel = "opus"\npermission_mode = "plan"\n[worktree]\nsetup_timeout_secs = 5\n[keys]\nx_y = "l"',
    'home',
  );
  expect(problems).toEqual([]);
  expect(said).toEqual({
    claude: {
      model: 'opus',
      permissionMode: { supervised: 'plan', autonomous: 'plan', exploration: 'plan' },
    },
    worktree: { setupTimeoutSecs: 5 },
    keys: { x_y: 'l' },
  });
});

const NAMES = [TABLES, WHOLE_TABLES, FREE_TABLES, LISTS].flatMap((tables) => Object.keys(tables));

test.each([
  ['[claude]\nmodle = "x"', 'line 2: the key "claude.modle" is unknown: did you mean "model"?'],
  ['\n[clawde]', 'line 2: the key "clawde" is unknown: did you mean "claude"?'],
  ['model = "x"', `line 1: the key "model" is unknown: expected one of ${NAMES.join(', ')}`],
  ['claude = 3', 'line 1: "claude" is 3, expected a table: [claude]'],
  ['[[claude]]\nmodel = "x"', 'line 1: "claude" is [{"model":"x"}], expected a table: [claude]'],
  ['[claude]\n\nmodel = 5', 'line 3: "claude.model" is 5, expected a text'],
  ['[claude]\nmodel = ""', 'line 2: "claude.model" is "", expected a text'],
  ['[claude]\nmodel = 1979-05-27T07:32:00Z', 'line 2: "claude.model" is a date, expected a text'],
  ['[permissions]\nallow = "x"', 'line 2: "permissions.allow" is "x", expected a list of texts'],
  [
    '[github]\npoll_interval_secs = -1',
    'line 2: "github.poll_interval_secs" is -1, expected a whole number from 0 to 86400',
  ],
  [
    '[task]\nmode = "solo"',
    'line 2: "task.mode" is "solo", expected one of supervised, autonomous, exploration',
  ],
  [
    '[claude]\npermission_mode = { autonomus = "plan" }',
    'line 2: "claude.permission_mode" is {"autonomus":"plan"}, expected one of default, acceptEdits, auto, dontAsk, plan, bypassPermissions, or a table with supervised, autonomous and exploration',
  ],
  [
    '[layout]\nfirst = "shell"\n[layout.second]\nfirst = "claude"\nsecond = "vim"',
    'line 5: "layout.second.second": expected "claude" or "shell"',
  ],
  [
    '[layout]\nfirst = "shell"\nsecond = { pane = "shell" }',
    'line 1: "layout": it has no pane for "claude", expected exactly one',
  ],
  ['layout = "claude"', 'line 1: "layout" is "claude", expected a table: [layout]'],
  [
    '[notifications]\ncommand = " "',
    'line 2: "notifications.command" is " ", expected a list of texts, or a text: the program and its arguments',
  ],
  [
    '[notifications]\ncommand = []',
    'line 2: "notifications.command" is [], expected a list of texts, or a text: the program and its arguments',
  ],
  [
    '[[templates]]\nname = "a"\n[[templates]]\nname = "b"\nmode = "solo"',
    'line 5: "templates.mode" is "solo", expected one of supervised, autonomous, exploration',
  ],
  [
    '[[templates]]\nname = "a"\npromt = "x"',
    'line 3: the key "templates.promt" is unknown: did you mean "prompt"?',
  ],
  [
    '[[templates]]\nname = "a"\n\n[[templates]]\nprompt = "x"',
    'line 4: "templates.name" is missing',
  ],
  [
    '[templates]\nname = "a"',
    'line 1: "templates" is a table, expected a list of tables: [[templates]]',
  ],
  ['templates = [1]', 'line 1: "templates" is [1], expected a list of tables: [[templates]]'],
  ['[keys]\nlaunch = 1', 'line 2: "keys.launch" is 1, expected a text that names a key'],
])('%j is a problem that names line, key and what is right', (toml, problem) => {
  expect(checkToml(toml, 'home').problems).toEqual([problem]);
});

test.each([
  ['[claude]\nmodel = \n', 'line 2, column 9: this is no TOML: unexpected "\\n"'],
  ['a = "x', 'line 1, column 7: this is no TOML: unexpected end of the file'],
  ['a = 1\na = 2', "line 2, column 1: this is no TOML: Cannot redefine existing key 'a'."],
])('broken TOML %j says line and column', (toml, problem) => {
  expect(checkToml(toml, 'home').problems).toEqual([problem]);
});

test('all problems are told at once, and what is right beside them is kept', () => {
  const { said, problems } = checkToml('[claude]\na = 1\nmodel = "opus"\n[b]', 'home');
  expect(problems).toHaveLength(2);
  expect(said.claude).toEqual({ model: 'opus' });
});

test('a repository cannot choose the program, the sockets or the keys of the person', () => {
  const toml = '[claude]\ncommand = "./evil"\nmodel = "m"\n[keys]\nlaunch = "l"';
  const { said, problems } = checkToml(toml, 'project');
  expect(problems).toEqual([
    'line 2: "claude.command" can be set only in the config.toml of the data directory',
    'line 4: "keys" can be set only in the config.toml of the data directory',
  ]);
  expect(said.claude).toEqual({ model: 'm' });
});

test('a command is a list of words, or a text that is split without a shell', () => {
  const commands = ['["say", "-v", "A B"]', `"say -v 'A B'"`];
  const read = commands.map(
    (command) => checkToml(`[notifications]\ncommand = ${command}`, 'home').said,
  );
  expect(read[0]).toEqual({ notifications: { command: ['say', '-v', 'A B'] } });
  expect(read[1]).toEqual(read[0]);
});

test('a repository may say the layout, but no program for notifications', () => {
  const toml = '[layout]\nfirst = "claude"\nsecond = "shell"\n[notifications]\ncommand = "x"';
  const { said, problems } = checkToml(toml, 'project');
  expect(said.layout?.whole).toMatchObject({ direction: 'horizontal', ratio: 50 });
  expect(problems).toEqual([
    'line 5: "notifications.command" can be set only in the config.toml of the data directory',
  ]);
});
