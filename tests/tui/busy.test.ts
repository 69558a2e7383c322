import { expect, test } from 'vitest';
import { createBusy } from '#tui/busy.ts';
import { createState } from '#tui/state.ts';
import { createView } from '#tui/view.ts';
import { aSnapshot } from '../support/snapshots.ts';

function setUp() {
  const state = createState(aSnapshot(), createView({ columns: 100, rows: 30 }, 0));
  return { busy: createBusy(state), shown: () => state.get().view.busy };
}

test('what runs is shown until it ends, also when it fails', async () => {
  const { busy, shown } = setUp();
  const { promise, reject } = Promise.withResolvers<void>();
  const run = busy.run('killing #1 …', () => promise);
  expect([shown(), busy.isIdle()]).toEqual([['killing #1 …'], false]);
  reject(new Error('no'));
  await expect(run).rejects.toThrow('no');
  expect([shown(), busy.isIdle()]).toEqual([[], true]);
});

test('the same thing is not done twice at a time', async () => {
  const { busy } = setUp();
  const { promise, resolve } = Promise.withResolvers<string>();
  const first = busy.run('saving …', () => promise);
  expect(await busy.run('saving …', async () => 'second')).toBeUndefined();
  expect(await busy.runAgain('saving …', async () => 'third')).toBe('third');
  resolve('first');
  expect(await first).toBe('first');
  expect(await busy.run('saving …', async () => 'fourth')).toBe('fourth');
});
