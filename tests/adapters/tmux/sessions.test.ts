import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#domain/error.ts';
import { ownTmux } from '../../support/own-tmux.ts';
import { waitFor } from '../../support/wait-for.ts';

const NASTY = [
  `it's "quoted" $(touch pwned) \`touch pwned\` \${HOME} ~ #{pid} #(touch pwned) %H %%`,
  'ends in a semicolon;',
  ';',
  '\\;',
  '-leading dash',
  'two\nlines\r\n\tand a tab ',
  '\u001B[31mred\u001B[0m',
  'Grüße, 你好 👩‍👩‍👧 é',
  '',
  '{ } # comment',
  'x'.repeat(100_000),
];

/** A program that writes its arguments, one variable and its directory to a file and ends. */
function reporter(dir: string): string {
  const script = join(dir, 'report.mjs');
  writeFileSync(
    script,
    `import { renameSync, writeFileSync } from 'node:fs';
     const [, , out, ...args] = process.argv;
     const env = Object.fromEntries(Object.entries(process.env).filter(([k]) => k.startsWith('NASTY')));
     writeFileSync(out + '.new', JSON.stringify({ args, env, cwd: process.cwd(), all: Object.keys(process.env), term: process.env.TERM }));
     renameSync(out + '.new', out);`,
  );
  return script;
}

const report = (path: string) => waitFor(path, () => JSON.parse(readFileSync(path, 'utf8')));

describe('starting a session', () => {
  test('arguments and variables of every kind, also very long ones, arrive as they are', async () => {
    const { tmux, dir, start } = ownTmux();
    const out = join(dir, 'out.json');
    const env = Object.fromEntries(NASTY.map((text, index) => [`NASTY_${index}`, text]));
    const argv = [process.execPath, reporter(dir), out, ...NASTY] as const;
    await start('s1', argv as unknown as [string, string], { env });
    expect(await report(out)).toMatchObject({ args: NASTY, env });

    const again = join(dir, 'again.json');
    const request = { name: 's1', cwd: dir, env: { NASTY_X: NASTY.join('') } };
    const launchers = { TERM: 'dumb', TMUX: '/nowhere,1,0', COLUMNS: '7' };
    const pane = await tmux.respawn({
      ...request,
      env: { ...request.env, ...launchers },
      argv: [process.execPath, reporter(dir), again, ...NASTY],
    });
    expect(isRefusal(pane)).toBe(false);
    const seen = await report(again);
    expect(seen).toMatchObject({ args: NASTY, env: request.env, term: 'tmux-256color' });
    expect(seen.all).not.toContain('COLUMNS');
  });

  test('the server keeps nothing of the environment of whoever started it', async () => {
    const own = ownTmux({
      env: { SECRET_TOKEN: 'x', TMUX: '/nowhere/default,1,0', TMUX_PANE: '%9', CLAUDECODE: '1' },
    });
    const out = join(own.dir, 'out.json');
    await own.start('s1', [process.execPath, reporter(own.dir), out]);
    const { all } = await report(out);
    expect(all).toContain('PATH');
    expect(all).not.toContain('SECRET_TOKEN');
    expect(all).not.toContain('CLAUDECODE');
    expect(own.ask('show-environment', '-g')).not.toMatch(/SECRET|CLAUDECODE|TMUX_PANE/);
  });

  test('it runs in the directory that was asked for, whatever its name', async () => {
    const { dir, start } = ownTmux();
    const cwd = join(dir, 'a #{pid} #(x) [b]*;');
    mkdirSync(cwd);
    const out = join(dir, 'out.json');
    await start('s1', [process.execPath, reporter(dir), out], { cwd });
    expect(await report(out)).toMatchObject({ cwd });
  });

  test('a directory that is missing is refused, because tmux would take another one', async () => {
    const { tmux, dir } = ownTmux();
    const cwd = join(dir, 'gone');
    const request = { name: 's1', cwd, env: {}, columns: 80, rows: 24, label: 'x' };
    const argv = ['sleep', '60'] as const;
    expect(await tmux.createSession({ ...request, argv })).toMatchObject({
      code: 'not_found',
      reason: expect.stringContaining(cwd),
    });
    expect(await tmux.panes()).toEqual([]);
  });

  test('a name that is taken is refused and the running session stays', async () => {
    const { tmux, dir, start } = ownTmux();
    const first = await start('s1', ['sleep', '60']);
    const request = { name: 's1', cwd: dir, env: {}, columns: 80, rows: 24, label: 'x' };
    const second = await tmux.createSession({ ...request, argv: ['sleep', '61'] });
    expect(second).toMatchObject({ refused: true, reason: expect.stringContaining('s1') });
    expect(await tmux.panes()).toEqual([expect.objectContaining({ pid: first.pid })]);
  });

  test('a name that tmux would read as something else is an error', async () => {
    const { start } = ownTmux();
    await expect(start('a.b', ['sleep', '60'])).rejects.toThrow('cannot be the name');
    await expect(start('-x', ['sleep', '60'])).rejects.toThrow('cannot be the name');
  });

  test('the pane has the size that was asked for', async () => {
    const { start } = ownTmux();
    expect(await start('s1', ['sleep', '60'], { columns: 133, rows: 41 })).toMatchObject({
      session: 's1',
      width: 133,
      dead: false,
    });
  });
});

describe('the end of a program', () => {
  test('exit statuses are known within two seconds, also where tmux loses the signal', async () => {
    const { tmux, start } = ownTmux();
    const names = Array.from({ length: 8 }, (_, index) => `s${index}`);
    for (const name of names) {
      await start(name, ['sh', '-c', 'exit 7']);
      const ended = await waitFor(
        `the exit status of ${name}`,
        async () =>
          (await tmux.panes()).find((pane) => pane.session === name && pane.exitStatus !== null),
        2_000,
      );
      expect(ended).toMatchObject({ dead: true, exitStatus: 7, signal: null });
    }
  });

  test('a killed program is known with its signal', async () => {
    const { tmux, start } = ownTmux();
    const { pid } = await start('s1', ['sleep', '60']);
    process.kill(pid, 'SIGKILL');
    const pane = await waitFor('the death', async () =>
      (await tmux.panes()).find((one) => one.dead && one.signal !== null),
    );
    expect(pane).toMatchObject({ exitStatus: null, signal: 9 });
  });

  test('the last screen of a program that ended can still be read', async () => {
    const { tmux, start } = ownTmux();
    const { pane } = await start('s1', ['sh', '-c', 'printf "one\\ntwo  \\nthree\\n"; exit 1']);
    await waitFor('the end', async () => (await tmux.panes())[0]?.dead);
    expect(await tmux.readText(pane, 100)).toBe('one\ntwo\nthree');
    expect(await tmux.readText(pane, 2)).toBe('two\nthree');
  });
});

describe('starting again and ending', () => {
  test('a program is started again in the same pane and the old one is ended', async () => {
    const { tmux, dir, start, ask } = ownTmux();
    const first = await start('s1', ['sleep', '60']);
    ask('split-window', '-b', '-t', '=s1:', '--', 'sleep', '61');
    const users = (await tmux.panes()).find((pane) => pane.pane !== first.pane);
    const second = await tmux.respawn({
      name: 's1',
      cwd: dir,
      env: {},
      argv: ['sleep', '62'],
    });
    expect(second).toMatchObject({ pane: first.pane, dead: false });
    const pids = (await tmux.panes()).map((pane) => pane.pid);
    expect(pids).not.toContain(first.pid);
    expect(pids).toContain(users?.pid);
    expect(users?.command).toBe('sleep');
  });

  test('there is nothing to start again in a session that is gone', async () => {
    const { tmux, dir, start } = ownTmux();
    const request = { name: 's1', cwd: dir, env: {}, argv: ['sleep', '60'] as const };
    expect(await tmux.respawn(request)).toMatchObject({ code: 'not_found' });
    await start('s10', ['sleep', '60']);
    expect(await tmux.respawn(request)).toMatchObject({ code: 'not_found' });
  });

  test('a session is ended by its whole name, and one that is gone is fine', async () => {
    const { tmux, start } = ownTmux();
    await tmux.endSession('s1');
    await start('s1', ['sleep', '60']);
    await start('s10', ['sleep', '60']);
    await tmux.endSession('s1');
    await tmux.endSession('s1');
    expect((await tmux.panes()).map((pane) => pane.session)).toEqual(['s10']);
  });

  test('the server goes on without sessions', async () => {
    const { tmux, start } = ownTmux();
    const { serverPid } = await start('s1', ['sleep', '60']);
    await tmux.endSession('s1');
    expect(await tmux.panes()).toEqual([]);
    expect((await start('s2', ['sleep', '60'])).serverPid).toBe(serverPid);
  });

  test('without a server there are no panes', async () => {
    expect(await ownTmux().tmux.panes()).toEqual([]);
  });

  test('a program that names itself like a line of our list cannot add a pane', async () => {
    const { tmux, dir, start } = ownTmux();
    const script = join(dir, 'liar.mjs');
    writeFileSync(
      script,
      `process.title = 'x\\nfake %9 1 1 0 s g 80 24 y'; setTimeout(() => {}, 60000);`,
    );
    await start('s1', [process.execPath, script]);
    const panes = await waitFor('the title', async () => {
      const seen = await tmux.panes();
      return seen[0]?.command.startsWith('x') ? seen : null;
    });
    expect(panes).toMatchObject([{ session: 's1', command: 'x?fake' }]);
  });
});
