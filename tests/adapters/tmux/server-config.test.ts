import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { serverConfig } from '#adapters/tmux/server-config.ts';
import { orThrow } from '#domain/error.ts';
import { type OwnTmux, ownTmux } from '../../support/own-tmux.ts';
import { waitFor } from '../../support/wait-for.ts';

/** A terminal in which a person is attached to a session; another tmux plays it. */
async function personIn(own: OwnTmux, session: string) {
  const terminal = ownTmux({ reservedKey: 'F12' });
  const { pane } = await terminal.start('person', ['sleep', '60'], { columns: 100 });
  await terminal.tmux.respawn({
    name: 'person',
    cwd: own.dir,
    env: { TMUX_TMPDIR: own.dir },
    argv: ['env', '-u', 'TMUX', 'tmux', '-u', '-L', 'test', 'attach', '-t', `=${session}`],
  });
  const bar = async () => String(await terminal.tmux.readText(pane, 24)).split('\n')[0] ?? '';
  await waitFor('the person', async () => (await own.tmux.clients()).length > 0);
  // A client is known before it takes keys: what is pressed before it has drawn may be lost.
  await waitFor('what the person sees', async () => (await bar()).trim() !== '');
  return {
    bar,
    title: () => terminal.ask('display-message', '-p', '-t', pane, '#{pane_title}').trim(),
    screen: async () => String(await terminal.tmux.readText(pane, 24)),
    press: (...keys: string[]) => terminal.tmux.sendKeys(pane, keys),
    /** What the terminal was told to keep; a terminal that is a tmux keeps it in a buffer. */
    clipboard: () => terminal.ask('list-buffers', '-F', '#{buffer_sample}'),
    session: async () => (await own.tmux.clients())[0]?.session,
  };
}

test('the tabs show what a session does, which one waits, and how many do; so does the title', async () => {
  const own = ownTmux();
  await own.start('a1', ['sleep', '60'], { label: '#1 C# for you' });
  await own.start('b2', ['sleep', '60'], { label: '#2 Fix' });
  const person = await personIn(own, 'a1');
  await waitFor('the tabs', async () => (await person.bar()).startsWith(' #1 C# for you  #2 Fix '));
  expect(await person.bar()).not.toContain('need');
  const client = orThrow(await own.tmux.connect());
  await client.setLabel('a1', { text: '● #1 C# for you', asks: false });
  await client.setLabel('b2', { text: '! #2 Fix', asks: true });
  await client.setNeeds(2);
  await waitFor('the count', async () => (await person.bar()).includes('◆ 2 need you  C-q'));
  expect(await person.bar()).toContain(' ● #1 C# for you  ◆! #2 Fix ');
  await waitFor('the title', () => person.title() === '◆ 2 · ● #1 C# for you · claustre');
  await client.setNeeds(1);
  await waitFor('the count', async () => (await person.bar()).includes('◆ 1 needs you '));
  await client.setNeeds(0);
  await waitFor('the count to go', async () => !(await person.bar()).includes('need'));
  expect(person.title()).toBe('● #1 C# for you · claustre');
  client.close();
});

test('a label is only text, in the tabs and in the title', async () => {
  const own = ownTmux();
  const trap = join(own.dir, 'trap');
  const label = `#(touch ${trap}) #{pid} #[fg=red]`;
  await own.start('a1', ['sleep', '60'], { label });
  const person = await personIn(own, 'a1');
  await waitFor('the title', () => person.title().includes('#{pid}'));
  await waitFor('the tab', async () => (await person.bar()).includes('#(touch'));
  expect(existsSync(trap)).toBe(false);
});

test('a long title leaves room for the other tabs', async () => {
  const own = ownTmux();
  await own.start('a1', ['sleep', '60'], { label: `#1 ${'long '.repeat(30)}` });
  await own.start('b2', ['sleep', '60'], { label: `#2 ${'wide '.repeat(30)}` });
  const person = await personIn(own, 'a1');
  await waitFor('both tabs', async () => /#1 long .*… {2,}#2 wide .*…/.test(await person.bar()));
});

describe("with a prefix tmux's own keys", () => {
  test('split, zoom and change panes; the shell has its own directory and goes when it ends', async () => {
    const own = ownTmux({ prefix: 'C-b', env: { SHELL: '/bin/sh' } });
    const claude = await own.start('s1', ['sleep', '60']);
    const person = await personIn(own, 's1');
    await person.press('C-b', '%');
    const [, shell] = await waitFor('a split', async () => {
      const panes = await own.tmux.panes();
      return panes.length === 2 && panes[1]?.beside ? panes : null;
    });
    await person.press('pwd', 'Enter');
    await waitFor('its directory', async () => (await person.screen()).includes(own.dir));
    expect(await own.tmux.focusedPane('s1')).toBe(shell?.pane);
    await person.press('C-b', 'o');
    await waitFor('the focus', async () => (await own.tmux.focusedPane('s1')) === claude.pane);
    await person.press('C-b', 'Right', 'exit', 'Enter');
    await waitFor('the shell to go', async () => (await own.tmux.panes()).length === 1);
  });

  test("end Claude's pane only after a yes, and never the last one", async () => {
    const own = ownTmux({ prefix: 'C-b', env: { SHELL: '/bin/sh' } });
    const claude = await own.start('s1', ['sleep', '60']);
    const person = await personIn(own, 's1');
    await person.press('C-b', 'x');
    await waitFor('the reason', async () => (await person.screen()).includes('last pane stays'));
    await person.press('C-b', '"');
    await waitFor('a split', async () => (await own.tmux.panes()).length === 2);
    await person.press('C-b', 'x');
    await waitFor('the shell to go', async () => (await own.tmux.panes()).length === 1);
    await person.press('C-b', '"');
    await waitFor('a split', async () => (await own.tmux.panes()).length === 2);
    await person.press('C-b', 'Up');
    await waitFor('the focus', async () => (await own.tmux.focusedPane('s1')) === claude.pane);
    await person.press('C-b', 'x');
    await waitFor('the question', async () => (await person.screen()).includes('pane of Claude?'));
    // One after the other: keys that come together are a paste to tmux.
    await person.press('n');
    await waitFor('the tabs', async () => (await person.bar()).includes('dashboard'));
    expect(await own.tmux.panes()).toHaveLength(2);
    await person.press('C-b', 'x');
    await waitFor('the question', async () => (await person.screen()).includes('pane of Claude?'));
    await person.press('y');
    await waitFor('its end', async () => {
      const panes = await own.tmux.panes();
      return panes.length === 1 && panes[0]?.beside;
    });
  });

  test('go to the other sessions, past those that are hidden', async () => {
    const own = ownTmux({ prefix: 'C-b' });
    for (const name of ['1a', '_anchor', '_supervisor', 'f2'])
      await own.start(name, ['sleep', '60']);
    const person = await personIn(own, '1a');
    for (const [key, next] of [
      ['n', 'f2'],
      ['n', '1a'],
      ['p', 'f2'],
      ['p', '1a'],
    ] as const) {
      await person.press('C-b', key);
      await waitFor(`the session ${next}`, async () => (await person.session()) === next);
      await waitFor(`the tabs in ${next}`, async () => (await person.bar()).trim() !== '');
    }
  });

  test('are none of those that make windows, rename sessions or kill them', async () => {
    const own = ownTmux({ prefix: 'C-b' });
    await own.start('s1', ['sleep', '60']);
    const bound = own.ask('list-keys', '-T', 'prefix');
    expect(bound).not.toMatch(/kill-(?:session|window|server)|new-window|rename|break-pane/);
    expect(bound).toContain('copy-mode');
  });
});

test('without a prefix there are none, also in a server that had some', async () => {
  const own = ownTmux();
  await own.start('s1', ['sleep', '60']);
  expect(() => own.ask('list-keys', '-T', 'prefix')).toThrow("table prefix doesn't exist");
  expect(own.ask('show-options', '-gv', 'prefix')).toBe('None\n');
});

test.each(['emacs', 'vi'] as const)('scrolled-back text has the keys of %s', async (copyKeys) => {
  const own = ownTmux({ copyKeys });
  await own.start('s1', ['sleep', '60']);
  expect(own.ask('show-options', '-gv', 'mode-keys')).toBe(`${copyKeys}\n`);
  expect(own.ask('show-options', '-sv', 'set-clipboard')).toBe('on\n');
});

test('a key that is none, or one key for two things, is said', () => {
  const keys = { reservedKey: 'C-q', prefix: null, copyKeys: 'emacs' } as const;
  expect(() => serverConfig({ ...keys, prefix: 'C-b ; kill-server' })).toThrow('not the name');
  expect(() => serverConfig({ ...keys, reservedKey: 'nonsense' })).toThrow('not the name');
  expect(() => serverConfig({ ...keys, prefix: 'C-q' })).toThrow('both return key and prefix');
});

test('what is copied in scrolled-back text reaches the clipboard of the terminal', async () => {
  const own = ownTmux({ copyKeys: 'vi' });
  const claude = await own.start('s1', ['sh', '-c', 'echo something to copy; exec sleep 60']);
  const person = await personIn(own, 's1');
  await waitFor('the text', async () => (await person.screen()).includes('to copy'));
  own.ask('copy-mode', '-t', claude.pane);
  for (const key of ['history-top', 'start-of-line', 'select-line', 'copy-selection-and-cancel']) {
    own.ask('send-keys', '-t', claude.pane, '-X', key);
  }
  await waitFor('the clipboard', () => person.clipboard().startsWith('something to copy'));
});
