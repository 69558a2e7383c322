import { expect, test } from 'vitest';
import { lastPart, matchingNames, splitTypedPath } from '#domain/form/path-completion.ts';

test.each([
  ['', '', ''],
  ['~', '~/', ''],
  ['~/co', '~/', 'co'],
  ['/', '/', ''],
  ['/srv/app', '/srv/', 'app'],
  ['rel', '', 'rel'],
  ['../x/', '../x/', ''],
])('%j looks into %j for %j', (text, folder, start) => {
  expect(splitTypedPath(text)).toEqual({ folder, start });
});

test('names are found whatever their case, in order, hidden ones only with their dot', () => {
  const names = ['beta', 'Alpha', '.git', 'album', 'gamma'];
  expect(matchingNames(names, 'AL')).toEqual(['album', 'Alpha']);
  expect(matchingNames(names, '')).toEqual(['album', 'Alpha', 'beta', 'gamma']);
  expect(matchingNames(names, '.')).toEqual(['.git']);
});

test('the last part of a path', () => {
  expect(['/a/b', '/a/b/', '/', '', 'x'].map(lastPart)).toEqual(['b', 'b', '', '', 'x']);
});
