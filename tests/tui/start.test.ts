import { describe, expect, onTestFinished, test } from 'vitest';
import { isRefusal, refuse } from '#domain/error.ts';
import { unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import { openStore } from '#store/store.ts';
import { startDashboard } from '#tui/start.tsx';
import {
  fakeKeyboard,
  fakeOperations,
  KEYS,
  mountDashboard,
  screenText,
} from '../support/dashboard.tsx';
import { addProject, addSession, addTask, type FakeApp, fakeApp } from '../support/fake-app.ts';
import { createFakeTerminal } from '../support/fake-terminal.ts';
import { fullSnapshot } from '../support/snapshots.ts';
import { taskViewOf } from '../support/task-view.ts';
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

  test('writes not one byte when only time goes by', async () => {
    const dashboard = await mountDashboard(fullSnapshot(), {
      ...{ columns: 120, rows: 40 },
      operations: fakeOperations({
        showTask: { run: () => taskViewOf({}) },
        taskEvents: { run: () => [] },
      }).operations,
    });
    for (const key of ['', 'v']) {
      if (key !== '') await dashboard.press(key);
      await dashboard.frame();
      dashboard.terminal.taken();
      dashboard.state.update((view) => ({ ...view, now: view.now + 60_000 }));
      await dashboard.frame();
      expect(dashboard.terminal.taken()).toBe('');
    }
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
          watch: () => () => undefined,
          setLabel: async () => undefined,
          setNeeds: async () => undefined,
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

  test('hears the mouse, unless the settings or the person say otherwise', async () => {
    const app = fakeApp();
    const project = addProject(app);
    for (const title of ['First', 'Second']) addTask(app, project, { title });
    const { see, terminal, keyboard } = open(app);
    await see('▸ ☐ pending     #1');
    expect(terminal.taken()).toContain('\u001B[?1000h\u001B[?1006h');
    keyboard.write('\u001B[<0;40;4M\u001B[<0;40;4m');
    await see('▸ ☐ pending     #2');
    keyboard.write('M');
    await see('The mouse selects text again.');
    expect(terminal.taken()).toContain('\u001B[?1000l\u001B[?1006l');
    keyboard.write('M');
    await see('Clicks and the wheel are the dashboard’s.');
    keyboard.write('q');
    await waitFor('the end', () => terminal.taken().includes('\u001B[?1006l\u001B[?1049l'));
  });

  test('leaves the mouse to the terminal where the settings say so', async () => {
    const app = fakeApp();
    addProject(app, { name: 'shop' });
    const settings = { ...app.config.settings, mouse: { enabled: false } };
    const { see, terminal } = open({ ...app, config: { ...app.config, settings } });
    await see('shop');
    expect(terminal.taken()).not.toContain('\u001B[?1000h');
  });

  test('starts the supervisor that an open pull request needs', async () => {
    const started: string[] = [];
    const app = fakeApp({
      host: { keepEnvironment: () => undefined },
      tmux: {
        panes: async () => [],
        createSession: async ({ name }) => {
          started.push(name);
          return refuse('no tmux here');
        },
      },
    });
    const task = addTask(app, addProject(app), { status: 'in_review' });
    const at = app.clock.iso();
    const address = { host: 'github.com', repository: 'acme/app', number: 7 };
    const url = 'https://github.com/acme/app/pull/7';
    app.store.write(() =>
      app.store.pullRequests.add(
        unreadPullRequest({ taskId: task.id, ...address, url, createdAt: at }),
        { kind: 'pull_request.add', source: 'hook', at },
      ),
    );
    open(app);
    await waitFor('the supervisor', () => started.length > 0);
    expect(started).toEqual(['_supervisor']);
  });

  test('paints nothing any more once the terminal was given back, whatever it still waits for', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let starting = false;
    const app = fakeApp({
      host: { keepEnvironment: () => undefined, isAlive: () => true },
      claude: { readSessionsFile: () => null, hasConversation: () => true },
      tmux: {
        panes: async () => [
          { ...PANE, session: 's-1', pane: '%7', width: 80, height: 5, command: 'claude' },
        ],
        connect: async () => refuse('no tmux here'),
        createSession: async () => {
          starting = true;
          await promise;
          return refuse('no tmux here');
        },
      },
    });
    const task = addTask(app, addProject(app), { status: 'working' });
    const since = app.clock.now();
    addSession(app, task, {
      ...{ id: 's-1', pane: '%7', pid: 2 },
      activity: { name: 'working', source: 'hook', since, detail: null },
    });
    const { terminal, keyboard, ended, see } = open(app);
    await see('⠹');
    await waitFor('the supervisor', () => starting);
    keyboard.write('q');
    let after = '';
    await waitFor('the end', () => {
      after += terminal.taken();
      return after.includes('\u001B[?1049l');
    });
    // Two turns of what turned.
    await new Promise((done) => setTimeout(done, 550));
    after += terminal.taken();
    resolve();
    await ended;
    expect(after.split('\u001B[?1049l').at(-1)).not.toMatch(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/u);
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
  const origin = (table: string, key: string) =>
    table === 'keys' && key === 'launch' ? { file: 'config.toml', line: 3 } : null;
  const config = { ...app.config, settings, origin };
  const { ended, terminal } = open({ ...app, config });
  const told = await ended.catch((error: unknown) => error);
  expect(isRefusal(told)).toBe(false);
  expect(told).toMatchObject({ code: 'environment' });
  expect(String(told)).toContain('config.toml:3: [keys] "launch" takes the key "k"');
  expect(terminal.taken()).toBe('');
});

test("the terminal's title is the dashboard's while it is open, and its bell rings for what begins to wait", async () => {
  const app = fakeApp({ environment: { TERM: 'xterm-256color' } });
  const task = addTask(app, addProject(app), { status: 'working', title: 'Quiet' });
  const { terminal, keyboard, see, ended } = open(app);
  await see('Quiet');
  expect(terminal.taken()).toContain('\u001B[22;0t\u001B]2;claustre\u0007');
  const at = app.clock.iso();
  app.store.write(() =>
    app.store.tasks.setStatus(task.id, 'working', 'error', {}, { at, kind: 'x', source: 'person' }),
  );
  await see('1 needs you');
  const rung = terminal.taken();
  expect(rung).toContain('\u001B]2;◆ 1 · claustre\u0007');
  // One ends the title, the other is the bell.
  expect(rung.split('\u0007')).toHaveLength(3);
  keyboard.write('q');
  await ended;
  expect(terminal.taken()).toContain('\u001B[23;0t');
});
