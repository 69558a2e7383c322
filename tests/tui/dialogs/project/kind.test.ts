import { describe, expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import {
  type FakeOperation,
  fakeOperations,
  KEYS,
  type MountOptions,
  mountDashboard,
} from '../../../support/dashboard.tsx';
import { fullSnapshot, projectNamed } from '../../../support/snapshots.ts';

const NO_REPOSITORY = refuse('"." is no git repository.');

function mount(fakes: Record<string, FakeOperation>, options: MountOptions = {}) {
  const { operations, calls } = fakeOperations({
    lookAtRepository: { run: () => NO_REPOSITORY },
    ...fakes,
  });
  const added = () => calls.filter(({ name }) => name === 'addProject').map(({ input }) => input);
  return { added, mounted: mountDashboard(fullSnapshot(), { operations, ...options }) };
}

describe('a new project', () => {
  test('is added under its name and selected', async () => {
    const before = fullSnapshot();
    const read = () => ({ ...before, projects: [...before.projects, projectNamed(9, 'shop')] });
    const { added, mounted } = mount({}, { read });
    const dashboard = await mounted;
    await dashboard.press('a', 'shop', KEYS.enter);
    expect(added()).toEqual([{ name: 'shop' }]);
    expect(dashboard.state.get().view).toMatchObject({ projectId: 9, dialog: null });
  });

  test('that is refused keeps the form with the reason', async () => {
    const { mounted } = mount({ addProject: { run: () => NO_REPOSITORY } });
    const dashboard = await mounted;
    await dashboard.press('a', 'shop', KEYS.enter);
    expect(await dashboard.frame()).toContain('"." is no git repository.');
  });

  test('without a name is called like its folder, which is looked up when it must be', async () => {
    const found = { path: '/r/shop', name: 'shop', remote: 'origin', forge: null };
    const run = () => ({ ...found, defaultBranch: 'trunk' });
    const { added, mounted } = mount({ lookAtRepository: { run } });
    const dashboard = await mounted;
    await dashboard.press('a', KEYS.enter);
    expect(added()).toEqual([{ name: 'shop' }]);
    await dashboard.press('a');
    await dashboard.see('✓ /r/shop, remote origin, base branch trunk');
    await dashboard.see(/Name +▸ +shop/);
  });

  test('whose folder is no repository says so before it is added', async () => {
    const { added, mounted } = mount({});
    const dashboard = await mounted;
    await dashboard.press('a');
    // Where nothing was typed yet, nothing is wrong yet.
    await dashboard.see(/Path +the folder of a git repository/);
    expect(await dashboard.frame()).not.toContain('! "."');
    await dashboard.press('x');
    await dashboard.see('! "." is no git repository.');
    await dashboard.press('\u007f', KEYS.enter);
    expect(await dashboard.frame()).toContain('"." is no git repository.');
    expect(added()).toEqual([]);
  });

  test('with a name that is taken is told so while it is typed', async () => {
    const dashboard = await mount({}).mounted;
    await dashboard.press('a', 'web-shop');
    expect(await dashboard.frame()).toContain('! there is a project of that name');
  });
});

describe('the path', () => {
  const folder = (path: string, isRepository = false) => {
    const name = path.split('/').at(-2) ?? '';
    return { path, name, isRepository };
  };
  const run = ({ text }: { text?: unknown }) =>
    text === '~/code/'
      ? { folders: [folder('~/code/shop/', true)], more: 0, nowhere: false }
      : String(text).startsWith('/')
        ? { folders: [], more: 0, nowhere: true }
        : {
            folders: Array.from({ length: 12 }, (_, index) =>
              folder(index === 0 ? '~/code/' : `~/folder-${index}/`),
            ),
            more: 3,
            nowhere: false,
          };

  test('offers folders while it is typed, and leads on into them', async () => {
    const dashboard = await mount({ completePath: { run } }).mounted;
    await dashboard.press('a', KEYS.tab, '~');
    const offered = await dashboard.see('folder-7/');
    expect(offered).toContain('+7 more');
    expect(offered).not.toContain('folder-8/');
    await dashboard.press(KEYS.tab);
    expect(await dashboard.see('shop/')).toContain('● git');
    await dashboard.press(KEYS.down, KEYS.enter);
    const { dialog } = dashboard.state.get().view;
    expect(dialog).toMatchObject({ path: { text: '~/code/shop/' }, settled: '~/code/shop/' });
    await dashboard.see(/Name +shop/);
  });

  test('that leads nowhere says so', async () => {
    const dashboard = await mount({ completePath: { run } }).mounted;
    await dashboard.press('a', KEYS.tab, '/nowhere/x');
    await dashboard.see('There is no such folder to look into.');
    await dashboard.press(KEYS.esc);
    expect(dashboard.state.get().view.dialog).toBeNull();
  });
});
