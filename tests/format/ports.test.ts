import { expect, test } from 'vitest';
import { portWords } from '#format/ports.ts';

test('a worktree without ports says none', () => {
  expect(portWords({ port: null, portCount: 0 })).toBeNull();
});

test('ports are told by the first and the last', () => {
  expect(portWords({ port: 21_000, portCount: 10 })).toBe('21000–21009');
  expect(portWords({ port: 21_000, portCount: 1 })).toBe('21000');
});
