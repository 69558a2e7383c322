import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { journey } from '../support/journey.ts';
import { openDashboard } from '../support/outer-screen.ts';

const LIMIT_MS = 90_000;

const TEMPLATES = `
[[templates]]
name = "bug"
prompt = "Find out why {cursor} and fix it."
mode = "autonomous"
subtasks = ["Write a test that fails", "Mend it"]
`;

test(
  'a task is written with lines, an earlier prompt, the editor and a template',
  async () => {
    const world = await journey({ config: TEMPLATES });
    const { json, show, repo } = world;
    await json('add-task', 'app', 'Old', '-d', 'An earlier prompt\nof two lines');
    const editor = join(repo.root, 'editor');
    writeFileSync(editor, '#!/bin/sh\nprintf " from the editor\\nüber alles" >>"$1"\n');
    chmodSync(editor, 0o755);
    const { keys, type, paste, see } = openDashboard(world, { env: { VISUAL: editor } });
    await see('Old');

    keys('n');
    await see('New task in app');
    keys('Up');
    await see('of two lines');
    keys('Down', 'Down');
    await see(/Prompt\s+│+\s+│/);
    type('first');
    keys('M-Enter');
    paste('second\nthird line, pasted');
    await see('third line, pasted');
    keys('C-g');
    await see('über alles');
    keys('C-s');
    await see(/Added #2/);
    expect((await show(2)).prompt).toBe(
      'first\nsecond\nthird line, pasted from the editor\nüber alles',
    );

    keys('n');
    await see('New task in app');
    type('it hangs');
    keys('C-t');
    await see('Find out why {cursor}');
    type('bug');
    keys('Enter');
    await see('Find out why it hangs and fix it.');
    keys('Tab', 'Tab', 'Tab');
    type('a..b');
    await see('cannot be the name of a branch');
    keys('C-u');
    type('main');
    await see('is checked out in');
    keys('C-u', 'C-s');
    await see(/Added #3/);
    expect(await show(3)).toMatchObject({
      prompt: 'Find out why it hangs and fix it.',
      mode: 'autonomous',
      subtasks: [{ text: 'Write a test that fails' }, { text: 'Mend it' }],
    });
  },
  LIMIT_MS,
);

test(
  'a project is found by its path, folder by folder, and called like its folder',
  async () => {
    const world = await journey({ unregistered: true });
    const { json, repo } = world;
    mkdirSync(join(repo.root, 'empty'));
    const { keys, type, see } = openDashboard(world);
    await see('add project');
    keys('a');
    await see('Add a project');
    await see('"/" is no git repository.');
    keys('Tab');
    type(`${repo.root}/`);
    const offered = await see('● git');
    expect(offered).toContain('empty/');
    type('EMP');
    await see(/Path.*EMP[\s\S]*empty\//);
    keys('Tab');
    await see('is no git repository.');
    keys('C-u');
    type(repo.path);
    await see('● git');
    keys('Tab');
    await see(`✓ ${repo.path}`);
    keys('Enter');
    await see('Added project');
    const name = repo.path.split('/').at(-1);
    expect(await json('list-projects')).toMatchObject([{ name, path: repo.path }]);
  },
  LIMIT_MS,
);

test(
  'the palette says why not, does what can be done, and follows own keys',
  async () => {
    const config = '[keys]\npalette = "x"\nlaunch = "L"\nwhy = "y"\n';
    const world = await journey({ remote: false, config });
    await world.json('add-task', 'app', 'Tidy up', '-d', 'Hello.');
    const { keys, type, see, look } = openDashboard(world);
    expect(await see('Tidy up')).toContain('x commands');
    keys('x');
    await see('Commands for #1 Tidy up');
    type('merge');
    await see('Task #1 has no open pull request to merge.');
    keys('Escape');
    await see('L launch');
    keys(':', 'l');
    expect(look()).not.toContain('Commands for');
    keys('x');
    type('priority');
    keys('Enter');
    await see('0 is most urgent');
    keys('C-u');
    type('0');
    keys('Enter');
    await see('Changed #1');
    expect(await world.show(1)).toMatchObject({ priority: 0, status: 'pending' });
    keys('y');
    await see('#1: why it stands where it stands');
    keys('q', '?');
    expect(await see('L  ')).toMatch(/x +every command, found by typing|L +launch/);
  },
  LIMIT_MS,
);
