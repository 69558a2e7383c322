import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'toml';
import { describe, expect, test } from 'vitest';
import { operationCommand, surfaceCommand } from '#cli/command.ts';
import { completionCommand } from '#cli/completion.ts';
import { SURFACES } from '#cli/surfaces.ts';
import { checkToml } from '#config/check.ts';
import { OPERATIONS } from '#operations/all.ts';
import { commandsPage } from './support/reference/commands-page.ts';
import { configExample } from './support/reference/config-example.ts';
import { hooksPage } from './support/reference/hooks-page.ts';
import { keysPage } from './support/reference/keys-page.ts';
import { settingsPage } from './support/reference/settings-page.ts';

const ROOT = join(import.meta.dirname, '..');

const COMMANDS = [
  ...Object.values(SURFACES).map((surface) => surfaceCommand({ ...surface, run: async () => 0 })),
  ...OPERATIONS.flatMap((operation) => operationCommand(operation, async () => 0) ?? []),
  surfaceCommand(completionCommand(() => [])),
];

describe('pages that are made from definitions', () => {
  test.each([
    ['config.example.toml', configExample],
    ['docs/reference/settings.md', settingsPage],
    ['docs/reference/commands.md', () => commandsPage(COMMANDS)],
    ['docs/reference/keys.md', keysPage],
    ['docs/reference/hooks.md', () => hooksPage(join(ROOT, 'hooks', 'claude'))],
  ])('%s is up to date (else: npm run golden)', async (name, make) => {
    const path = join(ROOT, name);
    const made = await make();
    if (process.env.GOLDEN === 'write') {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, made);
    }
    expect(existsSync(path) ? readFileSync(path, 'utf8') : '(no such file)').toBe(made);
  });
});

describe('the example of the settings', () => {
  test('changes nothing as it is', () => {
    expect(checkToml(configExample(), 'home').problems).toEqual([]);
    for (const table of Object.values(parse(configExample()))) expect(table).toEqual({});
  });

  test('is right in every line when the # before the keys is taken away', () => {
    const toml = configExample()
      .replace(/^#(?=\S)/gm, '')
      .replace(/^# (?= ")/gm, '');
    const { said, lists, problems } = checkToml(toml, 'home');
    expect(problems).toEqual([]);
    expect(said.claude).toMatchObject({ command: 'claude', model: 'opus' });
    expect(said.permissions?.allow).toContain('Bash(git *)');
    expect(said.keys).toEqual({ launch: 'l' });
    expect(lists.templates).toMatchObject([{ name: 'bug', mode: 'autonomous', loop: true }]);
  });
});
