import { join } from 'node:path';
import { expect, test } from 'vitest';
import { alone } from '#adapters/tmux/alone.ts';
import { isRefusal } from '#domain/error.ts';
import { takeLock } from '#store/lock.ts';
import { ownTmux } from '../../support/own-tmux.ts';
import { tempDir } from '../../support/temp-dir.ts';

test('what is done alone is done one after the other, also when it fails', async () => {
  const path = join(tempDir(), 'lock');
  const done: string[] = [];
  const work = (name: string, fails = false) =>
    alone(
      () => takeLock(path),
      async () => {
        done.push(`${name} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        done.push(`${name} ends`);
        if (fails) throw new Error(name);
      },
    );
  const [first, second] = await Promise.allSettled([work('one', true), work('two')]);
  expect([first?.status, second?.status]).toEqual(['rejected', 'fulfilled']);
  expect(done).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
});

test('a server that is told of sessions while clients connect keeps all of them', async () => {
  const path = join(tempDir(), 'lock');
  const own = ownTmux({ takeLock: () => takeLock(path) });
  const names = ['a', 'b', 'c'];
  await own.start('first', ['sleep', '600']);
  const pid = own.ask('display-message', '-p', '#{pid}');
  for (let round = 0; round < 25; round += 1) {
    const connecting = [own.tmux.connect(), own.tmux.connect()];
    await Promise.all(names.map((name) => own.start(name, ['sleep', '60'])));
    for (const client of await Promise.all(connecting)) {
      if (isRefusal(client)) throw new Error(client.reason);
      await new Promise<void>((resolve) => {
        client.onClose(resolve);
        client.close();
      });
    }
    await Promise.all(names.map((name) => own.tmux.endSession(name)));
  }
  expect(own.ask('display-message', '-p', '#{pid}')).toBe(pid);
}, 60_000);
