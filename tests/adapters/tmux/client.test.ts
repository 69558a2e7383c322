import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import type { TmuxClient } from '#adapters/tmux/tmux.ts';
import { isRefusal } from '#domain/error.ts';
import { type OwnTmux, ownTmux } from '../../support/own-tmux.ts';
import { waitFor } from '../../support/wait-for.ts';

async function connected(own: OwnTmux): Promise<TmuxClient> {
  const client = await own.tmux.connect();
  if (isRefusal(client)) throw new Error(client.reason);
  return client;
}

test('starts the server, and its anchor is in no list', async () => {
  const own = ownTmux();
  const client = await connected(own);
  expect(await client.panes()).toEqual([]);
  expect(await own.tmux.panes()).toEqual([]);
  const pane = await own.start('s1', ['sleep', '60']);
  expect(await client.panes()).toMatchObject([{ session: 's1', pid: pane.pid }]);
  client.close();
});

test('two clients share one anchor', async () => {
  const own = ownTmux();
  const clients = await Promise.all([connected(own), connected(own)]);
  expect(await Promise.all(clients.map((client) => client.panes()))).toEqual([[], []]);
  for (const client of clients) client.close();
});

test('shows a screen with its colours and trailing background', async () => {
  const own = ownTmux();
  const command = `printf '\\033[31mred\\033[0m\\n\\033[44m  \\033[0m\\nGrüße 你好'; sleep 60`;
  const { pane } = await own.start('s1', ['sh', '-c', command]);
  const client = await connected(own);
  const rows = await waitFor('the output', async () => {
    const seen = await client.capture(pane);
    return seen[2]?.includes('好') ? seen : null;
  });
  expect(rows).toHaveLength(24);
  expect(rows[0]).toBe('\u001B[31mred');
  expect(rows[1]).toContain('\u001B[44m  ');
  expect(rows[2]).toContain('Grüße 你好');
  client.close();
});

test('tells when something is written into a pane of another session, and not of others', async () => {
  const own = ownTmux();
  const loud = await own.start('s1', ['sh', '-c', 'while :; do sleep 1; echo x; done']);
  const quiet = await own.start('s2', ['sleep', '60']);
  const client = await connected(own);
  const heard = { loud: 0, quiet: 0 };
  const end = client.watch(loud.pane, () => {
    heard.loud += 1;
  });
  client.watch(quiet.pane, () => {
    heard.quiet += 1;
  });
  await waitFor('word of two lines', () => heard.loud >= 2);
  end();
  const before = heard.loud;
  client.watch(loud.pane, () => {
    heard.loud += 100;
  });
  await waitFor('word to the one that watches', () => heard.loud >= before + 100);
  expect(heard).toEqual({ loud: before + 100, quiet: 0 });
  client.close();
});

test('many requests at once get their own answers, also when some are refused', async () => {
  const own = ownTmux();
  const { pane } = await own.start('s1', ['sh', '-c', 'echo here; sleep 60']);
  const client = await connected(own);
  const answers = await Promise.allSettled(
    Array.from({ length: 60 }, (_, index) =>
      index % 3 === 0
        ? client.capture('%77')
        : index % 3 === 1
          ? client.panes()
          : client.capture(pane),
    ),
  );
  answers.forEach((answer, index) => {
    if (index % 3 === 0) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
    } else if (index % 3 === 1) {
      expect(answer).toMatchObject({ value: [{ session: 's1' }] });
    } else {
      expect(answer).toMatchObject({ value: expect.arrayContaining([expect.any(String)]) });
    }
  });
  client.close();
});

test.each(['#12 "say" $(x) `y` ; ~ \\ {a}', '#(touch x) #[fg=red] #{pid}', "it's %1;", ''])(
  'the label %j is kept as text',
  async (label) => {
    const own = ownTmux();
    await own.start('s1', ['sleep', '60']);
    const client = await connected(own);
    await client.setLabel('s1', { text: label, asks: false });
    const kept = label.replaceAll('#', '##');
    expect(own.ask('show-options', '-v', '-t', '=s1:', '@label')).toBe(`${kept}\n`);
    const elsewhere = client.setLabel('s2', { text: 'x', asks: true });
    await expect(elsewhere).rejects.toMatchObject({ code: 'not_found' });
    client.close();
  },
);

test('says once that the server is gone, and refuses what was asked after', async () => {
  const own = ownTmux();
  const client = await connected(own);
  let closed = 0;
  client.onClose(() => {
    closed += 1;
  });
  own.ask('kill-server');
  await waitFor('the close', () => closed > 0);
  await expect(client.panes()).rejects.toMatchObject({ code: 'environment' });
  client.close();
  expect(closed).toBe(1);
  expect(isRefusal(await own.tmux.connect())).toBe(false);
});

test('a program that prints the words of the protocol does not disturb it', async () => {
  const own = ownTmux();
  const command = `for i in $(seq 1 10); do echo "%end 1 $i 1"; echo "%begin 1 $i 1"; echo %exit; done; sleep 60`;
  const { pane } = await own.start('s1', ['sh', '-c', command], { rows: 40 });
  const client = await connected(own);
  const rows = await waitFor('the output', async () => {
    const seen = await client.capture(pane);
    return seen[29] === '%exit' ? seen : null;
  });
  expect(rows.slice(27, 30)).toEqual(['%end 1 10 1', '%begin 1 10 1', '%exit']);
  expect(await client.panes()).toHaveLength(1);
  client.close();
});

test('nothing of a closed client stays in the server', async () => {
  const own = ownTmux();
  const client = await connected(own);
  expect(own.ask('list-clients')).not.toBe('');
  client.close();
  await waitFor('the client to leave', () => own.ask('list-clients') === '');
});

test('a reader that is killed in the middle of an answer leaves no client, so that the server can end', async () => {
  const own = ownTmux();
  const { pane } = await own.start('s1', ['sh', '-c', 'yes | head -200; sleep 60']);
  const options = { ...own.options, openPty: undefined };
  // It asks for more than a pipe holds, and reads none of it.
  const program = `
    import { writeSync } from 'node:fs';
    import { createTmux } from '#adapters/tmux/create-tmux.ts';
    const client = await createTmux(${JSON.stringify(options)}).connect();
    for (let count = 0; count < 5000; count += 1) client.capture('${pane}').catch(() => undefined);
    setImmediate(() => {
      writeSync(1, 'asked');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  const clients = () => own.ask('list-clients', '-F', '#{client_pid}').trim();
  expect(clients()).not.toBe('');
  child.kill('SIGKILL');
  await waitFor('no client', () => clients() === '');
});
