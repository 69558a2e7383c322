import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openPty } from '#adapters/node-pty/open-pty.ts';
import { orThrow } from '#domain/error.ts';
import { waitFor } from '../../support/wait-for.ts';

const REQUEST = {
  cwd: '/',
  env: { PATH: process.env.PATH ?? '', TERM: 'xterm-256color', LANG: 'C.UTF-8' },
  columns: 30,
  rows: 7,
};

async function run(script: string) {
  const pty = orThrow(await openPty('sh', ['-c', script], REQUEST));
  onTestFinished(() => pty.close());
  let said = '';
  let ended = 0;
  pty.onData((bytes) => {
    said += Buffer.from(bytes).toString('latin1');
  });
  pty.onExit(() => {
    ended += 1;
  });
  const says = (text: string) => waitFor(`"${text}"`, () => said.includes(text));
  return { pty, says, said: () => said, ended: () => ended };
}

test('runs a program under a terminal with its own size and environment', async () => {
  const { pty, says } = await run('stty size; echo "term $TERM, home $HOME."; read x; stty size');
  await says('7 30');
  await says('term xterm-256color, home .');
  pty.resize(44, 9);
  pty.write(Buffer.from('go\r'));
  await says('9 44');
});

test('bytes go through as they are, whole letters or not', async () => {
  const { pty, says } = await run('stty raw -echo; echo ready; head -c 4 | od -An -tx1');
  await says('ready');
  pty.write(Buffer.from([0xe2, 0x82]));
  pty.write(Buffer.from([0xac, 0x11]));
  await says('e2 82 ac 11');
});

test('what is done after its end does nothing', async () => {
  const { pty, ended } = await run('exit 3');
  await waitFor('the end', () => ended() === 1);
  pty.write(Buffer.from('late'));
  pty.resize(10, 10);
  pty.pause();
  pty.resume();
  pty.close();
  expect(ended()).toBe(1);
});

test('a program that is told that its terminal closed ends', async () => {
  const { pty, says, ended } = await run('echo there; sleep 60');
  await says('there');
  pty.close();
  await waitFor('the end', () => ended() === 1);
});

const WITHOUT_PACKAGE = `
import { registerHooks } from 'node:module';
registerHooks({
  resolve(name, context, next) {
    if (name === 'node-pty') throw new Error('It is not installed.');
    return next(name, context);
  },
});
const { openPty } = await import(process.argv[1]);
process.stdout.write(JSON.stringify(await openPty('sh', [], JSON.parse(process.argv[2]))));
`;

test('without its package it refuses, and says what to do instead', () => {
  const module = fileURLToPath(
    new URL('../../../src/adapters/node-pty/open-pty.ts', import.meta.url),
  );
  const script = ['--input-type=module', '-e', WITHOUT_PACKAGE];
  const said = execFileSync(process.execPath, [...script, module, JSON.stringify(REQUEST)], {
    encoding: 'utf8',
  });
  expect(JSON.parse(said)).toMatchObject({
    refused: true,
    reason: expect.stringContaining('node-pty'),
    hint: 'Go into the session instead.',
  });
});

test('a directory that cannot be entered ends the program, it does not throw', async () => {
  const pty = await openPty('sh', ['-c', 'exit'], { ...REQUEST, cwd: '/nowhere' });
  expect(typeof pty).toBe('object');
});
