import { expect, test } from 'vitest';
import { runCommand } from '#adapters/command.ts';
import { createGh } from '#adapters/gh/create-gh.ts';
import { ghStandIn } from '../../support/gh-stand-in.ts';

function start(world: Record<string, unknown>) {
  const github = ghStandIn(world);
  const clock = { now: 0 };
  const gh = createGh({ run: runCommand, env: github.env, cwd: '/', now: () => clock.now });
  const may = (login: string) => gh.mayPush('github.com', 'acme/app', login);
  return { github, clock, may };
}

test('who may push is asked once an hour', async () => {
  const { github, clock, may } = start({
    permissions: { ada: 'write', bob: 'read', eve: 'admin' },
  });
  expect([await may('ada'), await may('bob'), await may('eve')]).toEqual([true, false, true]);
  expect([await may('ada'), await may('ADA')]).toEqual([true, true]);
  expect(github.calls()).toHaveLength(3);
  expect(github.calls()[0]?.args.at(-1)).toBe('repos/acme/app/collaborators/ada/permission');
  clock.now += 61 * 60_000;
  github.set({ permissions: {} });
  expect(await may('ada')).toBe(false);
});

test('no clear answer is no answer, and is not remembered', async () => {
  const { github, may } = start({ permissionStatus: 403 });
  expect(await may('ada')).toBeNull();
  github.set({ permissionStatus: 200, permissions: { ada: 'write' } });
  expect(await may('ada')).toBe(true);
});
