import { expect, test } from 'vitest';
import { lookAtRepository } from '#operations/project/look.ts';
import { tempRepo } from '../../support/temp-repo.ts';
import { granted, refused, workshop } from '../../support/workshop.ts';

test('a repository is described, and nothing is registered', async () => {
  const shop = workshop();
  const other = tempRepo();
  const found = granted(await lookAtRepository.run(shop.app, { path: other.path }));
  expect(found).toEqual({
    path: other.path,
    name: other.path.split('/').at(-1),
    remote: 'origin',
    forge: null,
    defaultBranch: 'main',
  });
  expect(shop.app.store.projects.all()).toHaveLength(1);
});

test('what could not be added is refused with the reason', async () => {
  const { app, repo } = workshop();
  const look = async (path: string) => refused(await lookAtRepository.run(app, { path })).reason;
  expect(await look(repo.path)).toBe(`"${repo.path}" is the project "app" already.`);
  expect(await look('/')).toContain('no git repository');
  expect(await look('/nowhere')).toContain('There is no folder');
});
