import { expect, test } from 'vitest';
import { parseClients, ring } from '#adapters/tmux/attached.ts';
import { orThrow } from '#domain/error.ts';
import { ownTmux } from '../../support/own-tmux.ts';
import { waitFor } from '../../support/wait-for.ts';

/** A terminal in which a person is attached to s1; another tmux plays it and hears its bell. */
async function person() {
  const own = ownTmux();
  await own.start('s1', ['sleep', '60']);
  const terminal = ownTmux({ reservedKey: 'F12' });
  const { pane } = await terminal.start('person', ['sleep', '60']);
  await terminal.tmux.respawn({
    name: 'person',
    cwd: own.dir,
    env: { TMUX_TMPDIR: own.dir },
    argv: ['env', '-u', 'TMUX', 'tmux', '-L', 'test', 'attach', '-t', '=s1'],
  });
  await waitFor('the person', async () => (await own.tmux.clients()).length > 0);
  return { own, terminal, pane };
}

test('a terminal that shows a session is known, with its focus; a control client is none', async () => {
  const { own, terminal, pane } = await person();
  const control = orThrow(await own.tmux.connect());
  const says = async (focused: boolean) => {
    terminal.ask('send-keys', '-t', pane, '-H', '1b', '5b', focused ? '49' : '4f');
    await waitFor(`the focus to be ${focused}`, async () => {
      const clients = await own.tmux.clients();
      return clients.length === 1 && clients[0]?.session === 's1' && clients[0].focused === focused;
    });
  };
  await says(true);
  await says(false);
  await says(true);
  control.close();
});

test('nobody is attached where no server runs', async () => {
  expect(await ownTmux().tmux.clients()).toEqual([]);
  expect(parseClients(['', '1 attached,control-mode  s1', '0 attached /dev/pts/1 '])).toEqual([]);
});

test('its bell rings', async () => {
  const { own, terminal } = await person();
  const [client] = await own.tmux.clients();
  const rung = () => terminal.ask('display-message', '-p', '-t', '=person:', '#{window_bell_flag}');
  expect(rung()).toBe('0\n');
  await own.tmux.ring({ tty: client?.tty ?? '' });
  await waitFor('the bell', () => rung() === '1\n');
});

test('only a terminal is rung', async () => {
  await expect(ring({ tty: '/etc/passwd' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(ring({ tty: '/dev/pts/999999' })).rejects.toMatchObject({ code: 'ENOENT' });
});
