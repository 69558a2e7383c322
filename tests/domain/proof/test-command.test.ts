import { expect, test } from 'vitest';
import { testCommand } from '#domain/proof/test-command.ts';

test.each([
  ['npm test', 'npm test', false],
  ['npm t', 'npm t', false],
  ['npm run -s check', 'npm run -s check', false],
  ['pnpm run test:unit -- --run', 'pnpm run test:unit -- --run', false],
  ['npx vitest run tests/a.test.ts', 'npx vitest run tests/a.test.ts', false],
  ['cd app && CI=1 npx jest', 'CI=1 npx jest', false],
  ['yarn test && git commit -m "x; y"', 'yarn test', false],
  ['timeout 60 pytest -q', 'timeout 60 pytest -q', false],
  ['python3 -m pytest tests', 'python3 -m pytest tests', false],
  ['uv run pytest', 'uv run pytest', false],
  ['cargo test --all 2>&1', 'cargo test --all', false],
  ['cargo test 2>&1 | tail -20', 'cargo test', true],
  ['go test ./... > out.txt', 'go test ./...', false],
  ['go vet ./...', 'go vet ./...', false],
  ['make test; echo done', 'make test', true],
  ['make -j4 check', 'make -j4 check', false],
  ['npm test || true', 'npm test', true],
  ['npm test &', 'npm test', true],
  ['./gradlew :app:test', './gradlew :app:test', false],
  ['mvn -q verify', 'mvn -q verify', false],
  ['dotnet test', 'dotnet test', false],
  ['node --test', 'node --test', false],
  ['./scripts/run-tests.sh', './scripts/run-tests.sh', false],
  ['bundle exec rspec', 'bundle exec rspec', false],
  ['npx tsc --noEmit', 'npx tsc --noEmit', false],
  ['npm run lint && npm test', 'npm test', false],
  ['npm test && npm run lint | head', 'npm run lint', true],
  ['(npm test)', 'npm test', false],
  ['npm \\\n  test', 'npm test', false],
  ['npm test\nls', 'npm test', true],
  ['npm test\n', 'npm test', false],
  ['vitest run -t "a && b"', 'vitest run -t "a && b"', false],
])('%j runs %j (masked: %s)', (line, text, masked) => {
  expect(testCommand(line)).toEqual({ text, masked });
});

test.each([
  '',
  'npm install',
  'npm run build',
  'git commit -m "npm test"',
  'echo "run npm test"',
  'cat tests/a.test.ts',
  'rm -r test',
  'grep -rn vitest .',
  'npm test -- --help',
  'jest --version',
  'vitest --watch',
  'test -f package.json',
  'make',
  'npm testing',
  'cargo build',
  'ls &&',
  '&& ||',
])('%j runs no test', (line) => {
  expect(testCommand(line)).toBeNull();
});
