import { expect, test } from 'vitest';
import { checkBranches } from '#operations/project/check-branches.ts';
import { granted, launchedTask, type Workshop, workshop } from '../../support/workshop.ts';

async function look(shop: Workshop, fields: Record<string, unknown>) {
  const input = checkBranches.input.parse({ project: 'app', ...fields });
  return granted(await checkBranches.run(shop.app, input));
}

test('a base is looked for at the remote, then here', async () => {
  const shop = workshop();
  shop.repo.git('branch', 'mine');
  shop.repo.git('fetch', '--quiet', 'origin');
  expect(await look(shop, {})).toEqual({ base: null, branch: null });
  expect((await look(shop, { base: 'main' })).base).toEqual({
    tone: 'good',
    text: 'is on "origin"',
  });
  expect((await look(shop, { base: 'mine' })).base).toEqual({
    tone: 'warning',
    text: 'is only here, not on "origin"',
  });
  expect((await look(shop, { base: 'nowhere' })).base).toMatchObject({ tone: 'unknown' });
});

test('without a remote a base that is not here is nowhere', async () => {
  const shop = workshop({ remote: false });
  expect((await look(shop, { base: 'main' })).base).toEqual({ tone: 'good', text: 'is here' });
  expect((await look(shop, { base: 'nowhere' })).base).toEqual({
    tone: 'warning',
    text: 'there is no such branch',
  });
});

test('a branch is free, or it is said who has it', async () => {
  const shop = workshop();
  shop.repo.git('branch', 'old');
  const branchOf = async (branch: string, task: number | null = null) =>
    (await look(shop, { branch, task })).branch;
  expect(await branchOf('new')).toEqual({ tone: 'good', text: 'is free' });
  expect(await branchOf('old')).toMatchObject({ text: 'exists: the work goes on there' });
  expect((await branchOf('main'))?.text).toContain('is checked out in');
  const planned = shop.addTask({ branch: 'planned' });
  expect(await branchOf('planned')).toMatchObject({ text: `is the branch of #${planned.id} too` });
  expect(await branchOf('planned', planned.id)).toMatchObject({ tone: 'good' });
  const { id, session } = await launchedTask(shop);
  expect(await branchOf(session.branch)).toMatchObject({ text: `is the branch of #${id} too` });
});

test('what cannot be a name is said without asking git', async () => {
  const found = await look(workshop(), { base: 'a b', branch: '-x' });
  expect(found.base?.text).toContain('it has a blank in it');
  expect(found.branch?.tone).toBe('warning');
});
