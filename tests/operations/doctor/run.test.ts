import { expect, test } from 'vitest';
import { ClaustreError, refuse } from '#domain/error.ts';
import { runDoctor } from '#operations/doctor/run.ts';
import { granted, type Workshop, workshop } from '../../support/workshop.ts';

/** A shop whose tools all answer, in a project on GitHub. */
function healthy(): Workshop {
  const shop = workshop();
  const { git, tmux, claude, gh } = shop.app;
  shop.app.git = { ...git, version: async () => '2.39.5' };
  shop.app.tmux = { ...tmux, version: async () => '3.3a' };
  shop.app.claude = { ...claude, version: async () => '2.1.197', isTrusted: () => true };
  shop.app.gh = { ...gh, version: async () => '2.23.0', isLoggedIn: async () => true };
  return shop;
}

async function check(shop: Workshop, name: string) {
  const diagnosis = granted(await runDoctor.run(shop.app, {}));
  return {
    ok: diagnosis.ok,
    failed: runDoctor.failed?.(diagnosis),
    found: diagnosis.checks.find((each) => each.name === name),
  };
}

test('where everything is there, everything is told', async () => {
  const { ok, failed, found } = await check(healthy(), 'Claude Code');
  expect({ ok, failed }).toEqual({ ok: true, failed: null });
  expect(found).toEqual({ name: 'Claude Code', state: 'ok', detail: '2.1.197', hint: null });
});

test('a missing Claude is a failure with its remedy, and the exit code says so', async () => {
  const shop = healthy();
  shop.app.claude = {
    ...shop.app.claude,
    version: async () => refuse('No claude.', 'Install it.', 'environment'),
  };
  const { ok, failed, found } = await check(shop, 'Claude Code');
  expect({ ok, failed }).toEqual({ ok: false, failed: 'environment' });
  expect(found).toMatchObject({ state: 'failed', detail: 'No claude.', hint: 'Install it.' });
});

test('a missing gh is told but stops nothing', async () => {
  const shop = healthy();
  const missing = new ClaustreError('environment', 'No gh.', { hint: 'Install gh.' });
  shop.app.gh = { ...shop.app.gh, version: async () => Promise.reject(missing) };
  const { ok, found } = await check(shop, 'gh');
  expect(ok).toBe(true);
  expect(found).toMatchObject({ state: 'missing', detail: 'No gh.', hint: 'Install gh.' });
});

test('a repository that Claude does not trust yet is named', async () => {
  const shop = healthy();
  shop.app.claude = { ...shop.app.claude, isTrusted: () => false };
  expect((await check(shop, 'trust app')).found?.detail).toContain(shop.repo.path);
});

test('the whole is told in lines, each remedy below what it mends', async () => {
  const shop = healthy();
  shop.app.claude = {
    ...shop.app.claude,
    version: async () => refuse('No claude.', 'Install it.'),
  };
  const said = runDoctor.describe?.(granted(await runDoctor.run(shop.app, {}))) ?? '';
  expect(said).toContain('✓ git: 2.39.5');
  expect(said).toContain('✗ Claude Code: No claude.\n  Install it.');
});
