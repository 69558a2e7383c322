import { expect, test } from 'vitest';
import { HOST, pull, start } from '../../support/gh-world.ts';

const checks = [
  { name: 'build', conclusion: 'FAILURE', log: '\u001b[31mred\u001b[0m\n' },
  { name: 'lint', conclusion: 'FAILURE' },
];

test('the log of a job comes as it is, from a new gh and from an old one', async () => {
  const world = { pullRequests: [pull(1, { checks })] };
  const recent = start(world);
  expect(await recent.gh.readJobLog(HOST, 'acme/app', 100)).toBe(checks[0]?.log);
  expect(recent.github.calls()).toHaveLength(1);
  const old = start({ ...world, escapes: 'unknown' });
  expect(await old.gh.readJobLog(HOST, 'acme/app', 100)).toBe(checks[0]?.log);
  const asked = old.github.calls().map(({ args }) => args.includes('--allow-escape-sequences'));
  expect(asked).toEqual([true, false]);
});

test('one that does not exist yet, or any more, is a refusal that says so', async () => {
  const { gh } = start({ pullRequests: [pull(1, { checks })] });
  expect(await gh.readJobLog(HOST, 'acme/app', 101)).toMatchObject({
    code: 'not_found',
    reason: 'GitHub has no log of it.',
  });
});

test('trouble of the server is told in its own words', async () => {
  const { gh } = start({ mode: '502', pullRequests: [pull(1, { checks })] });
  expect(await gh.readJobLog(HOST, 'acme/app', 100)).toMatchObject({
    code: 'environment',
    reason: 'The log could not be read: gh: HTTP 502',
  });
});
