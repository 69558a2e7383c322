import { expect, test } from 'vitest';
import { type ChangedFile, risksOf } from '#domain/proof/risk.ts';

const file = (path: string, more: Partial<ChangedFile> = {}): ChangedFile => ({
  ...{ path, change: 'modified', binary: false, bytes: null },
  ...more,
});
const MIB = 1024 * 1024;

test.each<[ChangedFile, string]>([
  [file('.env'), 'may hold secrets'],
  [file('app/.env.production'), 'may hold secrets'],
  [file('certs/server.pem'), 'may hold secrets'],
  [file('k8s/secrets.yaml'), 'may hold secrets'],
  [file('.github/workflows/ci.yml'), 'runs in CI, with its rights'],
  [file('.gitlab-ci.yml'), 'runs in CI, with its rights'],
  [file('tests/a.test.ts', { change: 'deleted' }), 'takes a test away'],
  [file('pkg/a_test.go', { change: 'deleted' }), 'takes a test away'],
  [file('tests/a.test.ts'), 'changes a test'],
  [file('tests/auth/login.test.ts'), 'changes a test'],
  [file('.claustre/config.toml'), 'changes the gates'],
  [file('src/store/migrations/0007.ts'), 'migrates data'],
  [file('db/schema.rb'), 'migrates data'],
  [file('src/auth/login.ts'), 'decides who may do what'],
  [file('lib/permissions.py'), 'decides who may do what'],
  [file('CODEOWNERS'), 'decides who must review'],
  [file('package-lock.json'), 'pins what is installed'],
  [file('crates/a/Cargo.lock'), 'pins what is installed'],
  [file('Dockerfile'), 'decides what is installed or deployed'],
  [file('infra/main.tf'), 'decides what is installed or deployed'],
  [file('logo.psd', { binary: true, bytes: 2 * MIB }), 'is big'],
])('%o', (changed, why) => {
  expect(risksOf([changed])).toEqual([{ path: changed.path, why }]);
});

test.each([
  file('src/a.ts'),
  file('.env.example'),
  file('tests/a.test.ts', { change: 'added' }),
  file('src/author.ts'),
  file('docs/security.md'),
  file('logo.png', { binary: true, bytes: 1_000 }),
  file('old.psd', { binary: true, bytes: 2 * MIB, change: 'deleted' }),
  file('src/deleted.ts', { change: 'deleted' }),
  file('src/immigration.ts'),
])('%o is not worth a mention', (changed) => {
  expect(risksOf([changed])).toEqual([]);
});

test('what harms most stands first, and a long list is cut', () => {
  const files = [file('yarn.lock'), file('b/.env'), file('a/.env'), file('src/a.ts')];
  expect(risksOf(files).map(({ path }) => path)).toEqual(['a/.env', 'b/.env', 'yarn.lock']);
  expect(risksOf(Array.from({ length: 99 }, (_, at) => file(`${at}/.env`)))).toHaveLength(50);
});

test('what a gate stands on is named with it, before all others', () => {
  const gates = [{ name: 'test', protected: ['vitest.config.ts', '.claustre/**', 'tests/**'] }];
  const files = [
    file('.env'),
    file('vitest.config.ts'),
    file('tests/new.ts', { change: 'added' }),
    file('.claustre/config.toml'),
  ];
  expect(risksOf(files, gates)).toEqual([
    { path: 'tests/new.ts', why: 'gate test stands on it' },
    { path: 'vitest.config.ts', why: 'gate test stands on it' },
    { path: '.env', why: 'may hold secrets' },
    { path: '.claustre/config.toml', why: 'changes the gates' },
  ]);
});
