import { expect, onTestFinished, test } from 'vitest';
import { lastWords, openTerminal } from '#adapters/tmux/terminal.ts';
import type { TmuxTerminal } from '#adapters/tmux/tmux.ts';
import { isRefusal, orThrow, refuse } from '#domain/error.ts';
import { ownTmux } from '../../support/own-tmux.ts';
import { waitFor } from '../../support/wait-for.ts';

const SIZE = { columns: 50, rows: 10 };

async function opened(own: ReturnType<typeof ownTmux>, session: string) {
  const terminal: TmuxTerminal = orThrow(await own.tmux.openTerminal(session, SIZE));
  onTestFinished(() => terminal.close());
  let shown = '';
  const ends: string[] = [];
  terminal.onData((bytes) => {
    shown += Buffer.from(bytes).toString();
  });
  terminal.onEnd((said) => ends.push(said));
  await waitFor('the client', () => own.ask('list-clients', '-F', '#{client_tty}') !== '');
  const type = (text: string) => terminal.write(Buffer.from(text));
  return { terminal, shown: () => shown, type, end: () => waitFor('the end', () => ends[0]) };
}

test('shows a session and types into it; the session has its size, without the status line', async () => {
  const own = ownTmux();
  await own.start('s1', ['sh', '-c', 'cat']);
  const { terminal, shown, type } = await opened(own, 's1');
  type('hello\r');
  await waitFor('the echo', () => shown().includes('hello'));
  const size = () => own.ask('display-message', '-p', '-t', '=s1:', '#{pane_width}x#{pane_height}');
  expect(size()).toBe('50x10\n');
  expect(terminal.rowsAbove).toBe(1);
  terminal.resize({ columns: 33, rows: 6 });
  await waitFor('the new size', () => size() === '33x6\n');
});

test('detaches when it is closed, and the session goes on in its last size', async () => {
  const own = ownTmux();
  const { pid } = await own.start('s1', ['sh', '-c', 'cat']);
  const { terminal, end } = await opened(own, 's1');
  terminal.close();
  await end();
  await waitFor('no client', () => own.ask('list-clients') === '');
  expect(await own.tmux.panes()).toMatchObject([{ pid, dead: false, width: 50, height: 10 }]);
});

test('the key that leads back detaches it, whatever the program wants', async () => {
  const own = ownTmux({ reservedKey: 'F12' });
  await own.start('s1', ['sh', '-c', 'stty raw -echo; cat']);
  const { type, end } = await opened(own, 's1');
  type('\u001B[24~');
  expect(await end()).toBe('[detached (from session s1)]');
});

test('ends with the session, and says so', async () => {
  const own = ownTmux();
  await own.start('s1', ['sh', '-c', 'cat']);
  const { end } = await opened(own, 's1');
  own.ask('kill-session', '-t', '=s1');
  expect(await end()).toBe('[exited]');
});

test('ends after everybody was sent back when a session is ended here', async () => {
  const own = ownTmux();
  await own.start('s1', ['sh', '-c', 'cat']);
  const { end } = await opened(own, 's1');
  await own.tmux.endSession('s1');
  expect(await end()).toMatch(/^\[detached/);
  expect(await own.tmux.panes()).toEqual([]);
});

test('refuses a session that is not there, and where terminals cannot be made', async () => {
  const own = ownTmux();
  await own.start('s1', ['sh', '-c', 'cat']);
  const missing = await own.tmux.openTerminal('s2', SIZE);
  expect(isRefusal(missing) && missing.code).toBe('not_found');
  const server = {
    env: own.env,
    cwd: own.dir,
    flags: [],
    start: [],
    call: async () => ({ exitCode: 0, stdout: '', stderr: '' }),
  };
  const none = refuse('No terminals here.');
  expect(await openTerminal(server, async () => none, 's1', SIZE)).toBe(none);
});

test.each([
  ['\u001B[?1049l\u001B[?25h[detached (from session x)]\r\n', '[detached (from session x)]'],
  ['one\r\n\u001B]0;title\u0007[exited]\r\n', '[exited]'],
  ['open terminal failed: missing\u0008 or unsuitable terminal: x\r\n', /^open terminal failed/],
  ['', ''],
])('the last words in %j are %s', (output, words) => {
  expect(lastWords(output)).toMatch(words === '' ? /^$/ : words);
});
