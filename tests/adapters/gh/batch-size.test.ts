import { expect, test } from 'vitest';
import { createBatchSize } from '#adapters/gh/batch-size.ts';

const HOST = 'github.com';

test('what a host cannot do is halved for it alone, down to one', () => {
  const batch = createBatchSize();
  expect(batch.of(HOST)).toBe(20);
  batch.tooMany(HOST, 15);
  expect([batch.of(HOST), batch.of('other')]).toEqual([8, 20]);
  for (let count = 8; count > 1; count = Math.ceil(count / 2)) batch.tooMany(HOST, count);
  batch.tooMany(HOST, 1);
  expect(batch.of(HOST)).toBe(1);
});

test('twenty good answers in a row raise it by five, up to the most', () => {
  const batch = createBatchSize();
  batch.tooMany(HOST, 20);
  for (let count = 0; count < 19; count += 1) batch.answered(HOST);
  expect(batch.of(HOST)).toBe(10);
  batch.answered(HOST);
  expect(batch.of(HOST)).toBe(15);
  for (let count = 0; count < 20; count += 1) batch.answered(HOST);
  expect(batch.of(HOST)).toBe(20);
  batch.tooMany(HOST, 20);
  for (let count = 0; count < 19; count += 1) batch.answered(HOST);
  batch.tooMany(HOST, 10);
  batch.answered(HOST);
  expect(batch.of(HOST)).toBe(5);
});
