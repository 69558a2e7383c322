import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runCommand } from '#adapters/command.ts';
import { orThrow } from '#domain/error.ts';
import { createRows } from '#tui/picture/rows.ts';
import { ownTmux } from '../../support/own-tmux.ts';
import { waitFor } from '../../support/wait-for.ts';

/** Hands its terminal to a session and writes what came of it. */
const ATTACH = `
import { renameSync, writeFileSync } from 'node:fs';
const [, , module, options, session, said] = process.argv;
const { createTmux } = await import(module);
const words = await createTmux(JSON.parse(options)).attach(session);
writeFileSync(said + '.part', JSON.stringify(words));
renameSync(said + '.part', said);
`;

/** The program that attaches, and the file that it writes. */
function attacher(session: string, own: ReturnType<typeof ownTmux>, dir: string) {
  const script = join(dir, 'attach.mjs');
  const said = join(dir, 'said');
  writeFileSync(script, ATTACH);
  const options = {
    socket: 'test',
    configPath: own.configPath,
    home: own.dir,
    reservedKey: 'C-q',
  };
  const given = JSON.stringify({ ...options, env: { ...own.env, TERM: 'tmux-256color' } });
  const module = fileURLToPath(
    new URL('../../../src/adapters/tmux/create-tmux.ts', import.meta.url),
  );
  return { argv: [process.execPath, script, module, given, session, said] as const, said };
}

/** Attaches to the server in a pane of another one, which plays the person's terminal. */
async function attached(session: string, own: ReturnType<typeof ownTmux>, columns = 80) {
  const terminal = ownTmux({ reservedKey: 'F12' });
  const { argv, said } = attacher(session, own, terminal.dir);
  const { pane } = await terminal.start('person', argv, { columns });
  return {
    pane,
    terminal: terminal.tmux,
    screen: async () => String(await terminal.tmux.readText(pane, 24)),
    said: () => waitFor('the way back', () => readFileSync(said, 'utf8')),
  };
}

test('shows a tab for each session that is not hidden, and labels are only text', async () => {
  const own = ownTmux();
  await own.start('a1', ['sh', '-c', 'echo first; sleep 60'], { label: '#1 für 你 #(touch x) %H' });
  await own.start('b2', ['sleep', '60'], { label: 'two #[fg=red]#{pid}\u001B[31m' });
  await own.start('_hidden', ['sleep', '60'], { label: 'supervisor' });
  const { screen, terminal, pane } = await attached('a1', own, 160);
  await waitFor('the session', async () => (await screen()).includes('first'));
  const bar = (await screen()).split('\n')[0];
  expect(bar).toContain(' #1 für 你 #(touch x) %H  two #[fg=red]#{pid} [31m ');
  expect(bar).toContain('C-q dashboard');
  expect(bar).not.toContain('supervisor');
  const client = orThrow(await terminal.connect());
  const drawn = createRows(160)(await client.capture(pane))[0] ?? '';
  client.close();
  const reversed = drawn.split('\u001B').filter((part) => /^\[0;(?:\d+;)*7[;m]/.test(part));
  expect(reversed.map((part) => part.replace(/^.*?m/, ''))).toEqual([' #1 für 你 #(touch x) %H ']);
});

test('the reserved key leads back at once, also from scrolled-back text', async () => {
  const own = ownTmux();
  const inner = await own.start('s1', ['sh', '-c', 'echo first; sleep 60']);
  for (const scrolled of [false, true]) {
    const { pane, screen, terminal, said } = await attached('s1', own);
    await waitFor('the session', async () => (await screen()).includes('first'));
    if (scrolled) own.ask('copy-mode', '-t', inner.pane);
    await terminal.sendKeys(pane, ['C-q']);
    expect(JSON.parse(await said())).toBe('[detached (from session s1)]');
    expect((await own.tmux.panes())[0]).toMatchObject({ pid: inner.pid, dead: false });
    // tmux's last words stay off the person's screen.
    expect(await screen()).not.toContain('detached');
  }
});

test('every other key reaches the program, also the usual prefix of tmux', async () => {
  const own = ownTmux();
  const out = join(own.dir, 'keys');
  const script = `stty raw -echo; echo first; exec cat > ${out}`;
  await own.start('s1', ['sh', '-c', script]);
  const { pane, screen, terminal } = await attached('s1', own);
  await waitFor('the session', async () => (await screen()).includes('first'));
  await terminal.sendKeys(pane, ['C-b', 'd', 'M-1', 'C-c', 'C-z', 'x']);
  await waitFor('the keys', () => readFileSync(out, 'utf8').endsWith('x'));
  expect(readFileSync(out, 'utf8')).toBe('\u0002d\u001B1\u0003\u001Ax');
});

test('the end of the session leads back and never into another one', async () => {
  const own = ownTmux();
  await own.start('_hidden', ['sleep', '60']);
  await own.start('s1', ['sh', '-c', 'echo first; sleep 60']);
  const { screen, said } = await attached('s1', own);
  await waitFor('the session', async () => (await screen()).includes('first'));
  await own.tmux.endSession('s1');
  expect(JSON.parse(await said())).toBe('[detached (from session s1)]');
  expect((await own.tmux.panes()).map((pane) => pane.session)).toEqual(['_hidden']);
});

test('ending a session while a terminal reports its focus leaves the server and the others alive', async () => {
  const own = ownTmux();
  const keep = await own.start('keep', ['sleep', '60']);
  const terminal = ownTmux({ reservedKey: 'F12' });
  const { pane } = await terminal.start('person', ['sleep', '60']);
  const focus = Array.from({ length: 200 }, () => ['1b', '5b', '4f', '1b', '5b', '49']).flat();
  for (let round = 0; round < 5; round += 1) {
    await own.start('s1', ['sleep', '60']);
    await terminal.tmux.respawn({
      name: 'person',
      cwd: own.dir,
      env: { TMUX_TMPDIR: own.dir },
      argv: ['env', '-u', 'TMUX', 'tmux', '-L', 'test', 'attach', '-t', '=s1'],
    });
    await waitFor('the person', () => own.ask('list-clients', '-t', '=s1') !== '');
    const reports = Array.from({ length: 6 }, () =>
      runCommand('tmux', ['-L', 'test', 'send-keys', '-t', pane, '-H', ...focus], {
        env: terminal.env,
      }),
    );
    await own.tmux.endSession('s1');
    await Promise.all(reports);
    expect(await own.tmux.panes()).toMatchObject([{ pid: keep.pid }]);
  }
});

test('a session that is gone and a terminal that tmux cannot use are refused', async () => {
  const own = ownTmux();
  expect(await own.tmux.attach('s1')).toMatchObject({ code: 'not_found' });
  await own.start('s10', ['sleep', '60']);
  expect(await own.tmux.attach('s1')).toMatchObject({ code: 'not_found' });
  const { argv, said } = attacher('s10', own, own.dir);
  execFileSync(argv[0], argv.slice(1), { stdio: 'ignore', timeout: 10_000 });
  expect(JSON.parse(readFileSync(said, 'utf8'))).toMatchObject({
    code: 'environment',
    reason: expect.stringContaining('only from a terminal'),
  });
});
