import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { OwnProgram } from '#adapters/desktop/desktop.ts';
import { loadConfig } from '#config/load.ts';
import { refuse } from '#domain/error.ts';
import { editWorktree } from '#operations/worktree/edit.ts';
import { inspectWorktree } from '#operations/worktree/inspect.ts';
import { granted, launchedTask, refused, workshop } from '../../support/workshop.ts';

async function desk(config = '', environment: Record<string, string> = {}) {
  const shop = workshop();
  const { id, session } = await launchedTask(shop);
  writeFileSync(shop.app.paths.config, config);
  shop.app.config = loadConfig(shop.app.paths);
  shop.app.host = { ...shop.app.host, environment };
  const started: OwnProgram[] = [];
  shop.app.desktop = {
    ...shop.app.desktop,
    run: async (program) => {
      started.push(program);
      return undefined;
    },
  };
  const edit = (place?: string) =>
    editWorktree.run(shop.app, { task: id, ...(place === undefined ? {} : { place }) });
  return { shop, id, worktree: session.worktree, started, edit };
}

test('the editor opens the worktree, a file in it, and the file at its line', async () => {
  const { edit, started, worktree } = await desk('[tools]\neditor = "nvim -R"\n');
  granted(await edit());
  granted(await edit('src/a b.ts'));
  granted(await edit('-x.ts:12-14'));
  expect(started).toEqual([
    { argv: ['nvim', '-R', worktree], cwd: worktree, window: false },
    { argv: ['nvim', '-R', `${worktree}/src/a b.ts`], cwd: worktree, window: false },
    { argv: ['nvim', '-R', '+12', `${worktree}/-x.ts`], cwd: worktree, window: false },
  ]);
});

test.each([
  ['', { VISUAL: 'emacs', EDITOR: 'ed' }, 'emacs'],
  ['', { VISUAL: '', EDITOR: 'ed' }, 'ed'],
  ['', {}, 'vi'],
  ['[tools]\neditor = "hx"\n', { VISUAL: 'emacs' }, 'hx'],
])('of the settings %j and the environment %j it is %s', async (config, environment, program) => {
  const { edit, started } = await desk(config, environment);
  granted(await edit());
  expect(started[0]?.argv[0]).toBe(program);
});

test('a program with a window leaves the terminal alone', async () => {
  const known = await desk('', { EDITOR: '/usr/bin/code -w' });
  granted(await known.edit('a:3'));
  expect(known.started[0]).toMatchObject({
    argv: ['/usr/bin/code', '-w', '--goto', `${known.worktree}/a:3`],
    window: true,
  });
  const own = await desk('[tools]\neditor = "my-editor"\nwindows = ["my-editor"]\n');
  granted(await own.edit());
  expect(own.started[0]?.window).toBe(true);
});

test('the tool for git is lazygit, or what the settings name', async () => {
  const plain = await desk();
  granted(await inspectWorktree.run(plain.shop.app, { task: plain.id }));
  expect(plain.started).toEqual([{ argv: ['lazygit'], cwd: plain.worktree, window: false }]);
  const own = await desk('[tools]\ngit = "tig --all -C {worktree}"\n');
  granted(await inspectWorktree.run(own.shop.app, { task: own.id }));
  expect(own.started[0]?.argv).toEqual(['tig', '--all', '-C', own.worktree]);
});

test('what cannot be started is refused in the words of who tried', async () => {
  const { shop, id, edit } = await desk();
  shop.app.desktop = { ...shop.app.desktop, run: async () => refuse('Not found.', 'Install it.') };
  expect(refused(await edit()).hint).toBe('Install it.');
  expect(refused(await inspectWorktree.run(shop.app, { task: id })).reason).toBe('Not found.');
  const bare = { task: shop.addTask().id };
  expect(refused(await editWorktree.run(shop.app, bare)).reason).toContain('no worktree');
  expect(refused(await inspectWorktree.run(shop.app, bare)).reason).toContain('no worktree');
  const blank = await desk('[tools]\ngit = " "\n');
  const no = refused(await inspectWorktree.run(blank.shop.app, { task: blank.id }));
  expect(no.hint).toContain('[tools]');
});
