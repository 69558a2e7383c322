import { describe, expect, onTestFinished, test } from 'vitest';
import { isRefusal } from '#domain/error.ts';
import { openStore } from '#store/store.ts';
import { startDashboard } from '#tui/start.tsx';
import { fakeKeyboard, fakeOperations, KEYS, screenText } from '../support/dashboard.tsx';
import { addProject, addSession, addTask, type FakeApp, fakeApp } from '../support/fake-app.ts';
import { createFakeTerminal } from '../support/fake-terminal.ts';
import { waitFor } from '../support/wait-for.ts';

const PANE = { pid: 2, serverPid: 1, dead: false, exitStatus: null, signal: null };

function open(app: FakeApp, columns = 100, rows = 30) {
  const terminal = createFakeTerminal(columns, rows);
  const keyboard = fakeKeyboard();
  let raw = false;
  Object.assign(keyboard, {
    setRawMode(on: boolean) {
      raw = on;
    },
  });
  const { operations, calls } = fakeOperations({});
  const ended = startDashboard(app, {
    stdin: keyboard,
    stdout: terminal.stdout,
    operations: async () => operations,
  });
  // Seen by the test that awaits it; until then it must not count as unhandled.
  ended.catch(() => undefined);
  const see = (text: string) =>
    waitFor(`"${text}" on the screen`, async () => {
      await terminal.settled();
      const shown = screenText(terminal, rows);
      return shown.includes(text) ? shown : null;
    });
  onTestFinished(async () => {
    keyboard.write(KEYS.ctrlC);
    await ended.catch(() => undefined);
  });
  return { terminal, keyboard, ended, see, calls, isRaw: () => raw };
}

test('fetch is there again once what draws is loaded', () => {
  expect(globalThis.fetch).toBeTypeOf('function');
});

describe('the dashboard', () => {
  test('takes the alternate screen and gives the terminal back as it was', async () => {
    const app = fakeApp();
    addProject(app, { name: 'shop' });
    const { terminal, keyboard, ended, see, isRaw } = open(app);
    await see('shop');
    expect(terminal.taken()).toContain('\u001B[?1049h');
    expect(isRaw()).toBe(true);
    keyboard.write('q');
    expect(await ended).toBe(0);
    const last = terminal.taken();
    expect(last).toContain('\u001B[?1049l');
    expect(last).toContain('\u001B[?25h');
    expect(last).toContain('\u001B[?2004l');
    expect(isRaw()).toBe(false);
  });

  test('shows what another process committed, within a moment', async () => {
    const app = fakeApp();
    const project = addProject(app);
    const { see } = open(app);
    await see('No tasks yet.');
    const other = openStore(app.paths.database);
    onTestFinished(() => other.close());
    const begun = performance.now();
    addTask({ ...app, store: other } as FakeApp, project, { title: 'From elsewhere' });
    await see('From elsewhere');
    expect(performance.now() - begun).toBeLessThan(1_500);
  });

  test('draws nothing while nothing changes', async () => {
    const app = fakeApp();
    addTask(app, addProject(app), { title: 'Quiet' });
    const { terminal, see } = open(app);
    await see('Quiet');
    await waitFor('the last byte', async () => {
      terminal.taken();
      await new Promise((resolve) => setTimeout(resolve, 150));
      return terminal.taken() === '';
    });
  });

  test('shows the live picture of the selected session', async () => {
    const screen = ['\u001B[32mgreen', 'still green\u001B[0m', '❯ the prompt', '', ''];
    const app = fakeApp({
      tmux: {
        panes: async () => [],
        connect: async () => ({
          panes: async () => [
            { ...PANE, session: 's-1', pane: '%7', width: 80, height: 5, command: 'claude' },
          ],
          capture: async () => screen,
          setLabel: async () => undefined,
          onClose: () => undefined,
          close: () => undefined,
        }),
      },
    });
    const task = addTask(app, addProject(app), { status: 'working' });
    addSession(app, task, { id: 's-1', pane: '%7' });
    const { see, keyboard } = open(app);
    await see('❯ the prompt');
    keyboard.write('?');
    await see('Task queue');
    keyboard.write('?');
    const shown = await see('❯ the prompt');
    expect(shown).toContain('│ green');
  });

  test('needs a terminal', async () => {
    const terminal = createFakeTerminal(80, 24);
    const keyboard = Object.assign(fakeKeyboard(), { isTTY: false });
    const { operations } = fakeOperations({});
    await expect(
      startDashboard(fakeApp(), {
        stdin: keyboard,
        stdout: terminal.stdout,
        operations: async () => operations,
      }),
    ).rejects.toMatchObject({ code: 'environment', message: 'The dashboard needs a terminal.' });
    expect(terminal.taken()).toBe('');
  });

  test('a crash gives the terminal back before it is told', async () => {
    const app = fakeApp();
    addProject(app, { name: 'shop' });
    const { terminal, ended, see, isRaw } = open(app);
    await see('shop');
    app.store.snapshot = () => {
      throw new Error('broken');
    };
    addProject(app, { name: 'second' });
    await see('Something went wrong inside claustre');
    process.emit('unhandledRejection', new Error('crashed'), Promise.resolve());
    await expect(ended).rejects.toThrow('crashed');
    expect(terminal.taken()).toContain('\u001B[?1049l');
    expect(isRaw()).toBe(false);
  });
});

test('settings of keys that cannot be used are told with file and line', async () => {
  const app = fakeApp();
  const settings = { ...app.config.settings, keys: { launch: 'k' } };
  const config = { ...app.config, settings, origin: () => ({ file: 'config.toml', line: 3 }) };
  const { ended, terminal } = open({ ...app, config });
  const told = await ended.catch((error: unknown) => error);
  expect(isRefusal(told)).toBe(false);
  expect(told).toMatchObject({ code: 'environment' });
  expect(String(told)).toContain('config.toml:3: [keys] The key "k" would mean both');
  expect(terminal.taken()).toBe('');
});
