import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addProject } from '#operations/project/add.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { tempRepo } from '../../support/temp-repo.ts';
import { granted, refused, workshop } from '../../support/workshop.ts';

describe('a project that is added', () => {
  test('is described as git finds it, from any folder inside it, and adding it again is fine', async () => {
    const shop = workshop();
    const other = tempRepo();
    mkdirSync(join(other.path, 'sub'));
    const inside = { name: 'b', path: join(other.path, 'sub') };
    const added = granted(await addProject.run(shop.app, inside));
    expect(added).toMatchObject({ path: other.path, defaultBranch: 'main', remote: 'origin' });
    expect(granted(await addProject.run(shop.app, inside))).toEqual(added);
  });

  test.each([
    ['app', 'There is a project "app" already.'],
    ['', 'A project needs a name.'],
  ])('as %j is refused: %s', async (name, reason) => {
    const path = tempRepo().path;
    expect(refused(await addProject.run(workshop().app, { name, path })).reason).toBe(reason);
  });

  test('twice under two names is refused and names the first', async () => {
    const shop = workshop();
    const no = refused(await addProject.run(shop.app, { name: 'b', path: shop.repo.path }));
    expect(no.reason).toContain('is the project "app" already');
  });

  test('from a path that is no repository is refused in a sentence', async () => {
    const no = refused(await addProject.run(workshop().app, { name: 'b', path: tempDir() }));
    expect(no.reason).toContain('is no git repository');
  });
});
