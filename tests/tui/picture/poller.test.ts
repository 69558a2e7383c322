import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPoller } from '#tui/picture/poller.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A poller on a screen that shows what `text` returns; counts looks, changes and failures. */
function watch(text: () => string | Promise<string>) {
  const seen = { looks: 0, changes: [] as string[], failures: [] as unknown[] };
  const poller = createPoller({
    async capture() {
      seen.looks += 1;
      return [await text()];
    },
    onChange: (screen) => seen.changes.push(screen.join('\n')),
    onFailure: (error) => seen.failures.push(error),
  });
  const looksIn = async (ms: number) => {
    const before = seen.looks;
    await vi.advanceTimersByTimeAsync(ms);
    return seen.looks - before;
  };
  return { poller, seen, looksIn };
}

test('is quick while it changes, slower when it is quiet, and slow when it sleeps', async () => {
  let text = 0;
  let changing = true;
  const { poller, seen, looksIn } = watch(() => {
    if (changing) text += 1;
    return String(text);
  });
  expect(seen.looks).toBe(1);
  const busy = await looksIn(1_000);
  expect(busy).toBeGreaterThanOrEqual(14);
  expect(busy).toBeLessThanOrEqual(15);
  changing = false;
  await looksIn(2_500);
  expect(await looksIn(10_000)).toBe(40);
  await looksIn(20_000);
  expect(await looksIn(30_000)).toBe(3);
  changing = true;
  poller.peek();
  await looksIn(1_000);
  expect(await looksIn(1_000)).toBeGreaterThanOrEqual(14);
  poller.stop();
});

test('happens at once when somebody peeks, who need not be right', async () => {
  let text = 'a';
  const { poller, seen, looksIn } = watch(() => text);
  await looksIn(31_000);
  expect(await looksIn(60_000)).toBe(6);
  text = 'b';
  poller.peek();
  expect(await looksIn(6)).toBe(1);
  expect(seen.changes).toEqual(['a', 'b']);
  expect(await looksIn(1_000)).toBeGreaterThanOrEqual(14);
  await looksIn(32_000);
  // Something that shows nothing new wakes nobody.
  poller.peek();
  expect(await looksIn(1_000)).toBe(1);
  poller.stop();
});

test('tells of a screen once, until it is another', async () => {
  let text = 'a';
  const { poller, seen, looksIn } = watch(() => text);
  await looksIn(500);
  text = 'b';
  await looksIn(500);
  text = 'a';
  await looksIn(500);
  expect(seen.changes).toEqual(['a', 'b', 'a']);
  poller.stop();
});

test('is never done twice at a time, also when it is slow and somebody peeks', async () => {
  let open = 0;
  let most = 0;
  const { poller, looksIn } = watch(async () => {
    open += 1;
    most = Math.max(most, open);
    await new Promise((resolve) => setTimeout(resolve, 400));
    open -= 1;
    return 'x';
  });
  for (let index = 0; index < 20; index += 1) {
    poller.peek();
    await looksIn(50);
  }
  expect(most).toBe(1);
  poller.stop();
});

test('happens once more when somebody peeked during a look', async () => {
  const answers: (() => void)[] = [];
  const { poller, seen, looksIn } = watch(
    () => new Promise((resolve) => answers.push(() => resolve('x'))),
  );
  answers.shift()?.();
  await looksIn(0);
  await looksIn(60_000);
  answers.shift()?.();
  await looksIn(0);
  poller.peek();
  expect(await looksIn(6)).toBe(1);
  poller.peek();
  answers.shift()?.();
  expect(await looksIn(6)).toBe(1);
  expect(seen.changes).toEqual(['x']);
  poller.stop();
});

test('tells of failures, goes on slowly and shows the screen again when it is back', async () => {
  let gone = false;
  const { poller, seen, looksIn } = watch(() => {
    if (gone) throw new Error('no such pane');
    return 'x';
  });
  await looksIn(100);
  gone = true;
  await looksIn(100);
  expect(await looksIn(5_000)).toBe(5);
  expect(seen.failures.length).toBeGreaterThan(4);
  gone = false;
  await looksIn(1_000);
  expect(seen.changes).toEqual(['x', 'x']);
  poller.stop();
});

test('ends with stop, and an answer that comes later is dropped', async () => {
  let answer: (text: string) => void = () => undefined;
  const { poller, seen, looksIn } = watch(
    () => new Promise<string>((resolve) => (answer = resolve)),
  );
  poller.stop();
  answer('late');
  expect(await looksIn(5_000)).toBe(0);
  poller.peek();
  expect(await looksIn(5_000)).toBe(0);
  expect(seen.changes).toEqual([]);
});
