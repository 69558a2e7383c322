import { expect, test } from 'vitest';
import type { Ask } from '#adapters/gh/request.ts';
import { createWrite } from '#adapters/gh/write.ts';
import { refuse } from '#domain/error.ts';

const write = (answer: Awaited<ReturnType<Ask>>) =>
  createWrite(async () => answer)('github.com', 'mutation { x }', {});

test('what GitHub confirms is done', async () => {
  const done = await write({ data: { merge: { id: 'PR_1' } }, errors: [] });
  expect(done).toEqual({ outcome: 'done', data: { id: 'PR_1' } });
});

test.each([
  ['refused', { data: { merge: null }, errors: [{ message: 'Not mergeable' }] }],
  ['refused', { failed: true, kind: 'bad_login' }],
  ['refused', { failed: true, kind: 'primary_limit', until: null }],
  ['refused', refuse('gh is not there.', undefined, 'environment')],
  ['unsure', { data: { merge: null }, errors: [] }],
  ['unsure', { failed: true, kind: 'server' }],
  ['unsure', { failed: true, kind: 'offline' }],
  ['unsure', refuse('gh got no answer.', undefined, 'timeout')],
] as [string, Awaited<ReturnType<Ask>>][])('is %s after %j', async (outcome, answer) => {
  expect(await write(answer)).toMatchObject({ outcome });
});

test.each([
  ['Not mergeable', 'GitHub refused: Not mergeable.'],
  ['Why not?', 'GitHub refused: Why not?'],
])('what GitHub says, %j, ends a sentence', async (message, reason) => {
  const said = await write({ data: { merge: null }, errors: [{ message }] });
  expect(said).toMatchObject({ outcome: 'refused', why: { reason } });
});

test('two changes are a second apart and never at once', async () => {
  let time = 0;
  const log: string[] = [];
  const ask: Ask = async (_, query) => {
    log.push(`${time} ${query}`);
    time += 100;
    return { data: { x: {} }, errors: [] };
  };
  const sleep = async (ms: number): Promise<void> => {
    time += ms;
  };
  const change = createWrite(ask, { now: () => time, sleep });
  await Promise.all([change('h', 'a', {}), change('h', 'b', {})]);
  expect(log).toEqual(['0 a', '1100 b']);
});
