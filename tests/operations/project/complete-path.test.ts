import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folders } from '#adapters/folders.ts';
import { completePath, type PathCompletion } from '#operations/project/complete-path.ts';
import { fakeApp } from '../../support/fake-app.ts';
import { tempDir } from '../../support/temp-dir.ts';

test('folders are offered as the path would go on, with what is a repository', async () => {
  const home = tempDir();
  mkdirSync(join(home, 'code', 'shop', '.git'), { recursive: true });
  mkdirSync(join(home, 'code', 'Shoes'));
  mkdirSync(join(home, 'code', '.cache'));
  const app = fakeApp({ environment: { HOME: home }, host: { folders } });
  const look = async (text: string) => (await completePath.run(app, { text })) as PathCompletion;
  expect((await look('~')).folders.map(({ path }) => path)).toEqual(['~/code/']);
  expect(await look('~/code/sh')).toEqual({
    folders: [
      { path: '~/code/Shoes/', name: 'Shoes', isRepository: false },
      { path: '~/code/shop/', name: 'shop', isRepository: true },
    ],
    more: 0,
    nowhere: false,
  });
  expect((await look(`${home}/code/.`)).folders.map(({ name }) => name)).toEqual(['.cache']);
  expect(await look('~/nowhere/x')).toMatchObject({ folders: [], nowhere: true });
  for (let index = 0; index < 120; index += 1) mkdirSync(join(home, 'code', `many-${index}`));
  expect(await look('~/code/many')).toMatchObject({ more: 20 });
});
