import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { journey } from '../support/journey.ts';
import { person } from '../support/person.ts';

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
    const { press, types, pastes, sees } = await person(world, { env: { VISUAL: editor } });
    await sees('Old');

    press('n');
    await sees('New task in app');
    press('Up');
    await sees('of two lines');
    press('Down', 'Down');
    await sees(/Prompt\s+▸\s+│+\s+│/);
    types('first');
    press('M-Enter');
    pastes('second\nthird line, pasted');
    await sees('third line, pasted');
    press('C-g');
    await sees('über alles');
    press('C-s');
    await sees(/Added #2/);
    expect((await show(2)).prompt).toBe(
      'first\nsecond\nthird line, pasted from the editor\nüber alles',
    );

    press('n');
    await sees('New task in app');
    types('it hangs');
    press('C-t');
    await sees('Find out why {cursor}');
    types('bug');
    press('Enter');
    await sees('Find out why it hangs and fix it.');
    press('Tab', 'Tab', 'Tab');
    types('a..b');
    await sees('cannot be the name of a branch');
    press('C-u');
    types('main');
    await sees('is checked out in');
    press('C-u', 'C-s');
    await sees(/Added #3/);
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
    const { press, types, sees } = await person(world);
    await sees('add project');
    press('a');
    await sees('Add a project');
    await sees('the folder of a git repository');
    press('Tab');
    types(`${repo.root}/`);
    const offered = (await sees('● git')).join('\n');
    expect(offered).toContain('empty/');
    types('EMP');
    await sees(/Path.*EMP[\s\S]*empty\//);
    press('Tab');
    await sees('is no git repository.');
    press('C-u');
    types(repo.path);
    await sees('● git');
    press('Tab');
    await sees(`✓ ${repo.path}`);
    press('Enter');
    await sees('Added project');
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
    const { press, types, sees, reads } = await person(world);
    await sees('Tidy up');
    expect(reads()).toContain('x commands');
    press('x');
    await sees('Commands for #1 Tidy up');
    types('merge');
    await sees('Task #1 is not in review');
    press('Escape');
    await sees('L launch');
    press(':', 'l');
    expect(reads()).not.toContain('Commands for');
    press('x');
    types('priority');
    press('Enter');
    await sees('0 is most urgent');
    press('C-u');
    types('0');
    press('Enter');
    await sees('Changed #1');
    expect(await world.show(1)).toMatchObject({ priority: 0, status: 'pending' });
    press('y');
    await sees('#1: why it stands where it stands');
    press('q', '?');
    await sees('L  ');
    expect(reads()).toMatch(/x +every command, found by typing|L +launch/);
  },
  LIMIT_MS,
);
