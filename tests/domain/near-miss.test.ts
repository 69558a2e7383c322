import { expect, test } from 'vitest';
import { nearMiss } from '#domain/near-miss.ts';

const COMMANDS = ['launch', 'list-tasks', 'list-projects', 'kill', 'show', 'send'];

test.each([
  ['lanch', 'launch'],
  ['luanch', 'launch'],
  ['LAUNCH', 'launch'],
  ['list-task', 'list-tasks'],
  ['list-prjects', 'list-projects'],
  ['snd', 'send'],
  ['shwo', 'show'],
])('"%s" was probably meant to be "%s"', (word, meant) => {
  expect(nearMiss(word, COMMANDS)).toBe(meant);
});

test.each(['explode', 'xx', '', 'x'.repeat(10_000)])('nothing is near "%.20s"', (word) => {
  expect(nearMiss(word, COMMANDS)).toBeNull();
});
