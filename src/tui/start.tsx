import './without-fetch.ts';

import { render, type useApp } from 'ink';
import type { App, Snapshot } from '#app.ts';
import { ClaustreError } from '#domain/error.ts';
import { withQueueSettings } from '#operations/queue/facts.ts';
import { withFixSettings } from '#operations/round/facts.ts';
import { runningSupervisor } from '#operations/supervisor/running.ts';
import { attentionOf, waitingIn } from './attention.ts';
import { createBesideInk } from './beside-ink.ts';
import { createBusy } from './busy.ts';
import type { DashboardOperations } from './call.ts';
import { tellsTime } from './calm/minute.ts';
import { createSpinner, stillSpinner } from './calm/spinner.ts';
import { createDatabaseTrouble, setTrouble } from './calm/trouble.ts';
import type { Context, Terminal } from './context.ts';
import { Dashboard } from './dashboard.tsx';
import { keepSupervisor, needsSupervisor } from './keep-supervisor.ts';
import { actOnMouse } from './mouse/act.ts';
import type { Overlay } from './picture/overlay.ts';
import { NO_PICTURE } from './picture.ts';
import { createRefresh } from './refresh.ts';
import { ownSettings } from './settings/own-settings.ts';
import { createState, type DashboardState, type State } from './state.ts';
import { createBell } from './terminal/bell.ts';
import { createTitle } from './terminal/title.ts';
import { untilExit } from './terminal/until-exit.ts';
import { createToasts } from './toasts.ts';
import { createView } from './view.ts';
import { restoreFetch } from './without-fetch.ts';

restoreFetch();

const MINUTE_MS = 60_000;

function inkOptions(reader: boolean) {
  return {
    // Ink would take a build server's terminal for none; whether it is one was looked at before.
    interactive: true,
    // What was read aloud stays above, to be read again.
    alternateScreen: !reader,
    isScreenReaderEnabled: reader,
    incrementalRendering: true,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: 60,
  } as const;
}

/** The terminal that the dashboard has to itself, and where it gets its operations. Tests bring their own. */
export interface Surroundings {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly operations: () => Promise<DashboardOperations>;
  /** Asks for plain lines for a screen reader, beside what settings and environment say. */
  readonly screenReader?: boolean;
}

/** The real terminal. */
export const SURROUNDINGS: Surroundings = {
  stdin: process.stdin,
  stdout: process.stdout,
  operations: loadOperations,
};

async function loadOperations(): Promise<DashboardOperations> {
  return (await import('./operations.ts')).operations;
}

/**
 * Shows the dashboard until the person quits, or its process is asked to end; closing it ends nothing. Returns the exit code. Throws
 * `environment` when this is no terminal or the settings of keys and colours cannot be used; whatever happens, the terminal is as it was
 * before.
 */
export async function startDashboard(
  app: App,
  { stdin, stdout, operations, screenReader = false }: Surroundings = SURROUNDINGS,
): Promise<number> {
  if (!stdin.isTTY || !stdout.isTTY) {
    throw new ClaustreError('environment', 'The dashboard needs a terminal.', {
      hint: 'Use commands in scripts: claustre --help',
    });
  }
  const { keymap, theme, reader } = ownSettings(app, screenReader);
  const state = stateAtStart(app, stdout, reader);
  const toasts = createToasts(state, (error) => {
    app.log.error('The dashboard met an error.', error);
    return `Something went wrong inside claustre; see ${app.log.path}`;
  });
  const telling = createTelling(app, stdout, state);
  const beside = createBesideInk(app, state, toasts, {
    ...{ stdin, stdout, keymap },
    colors: theme.colors,
  });
  const { overlay, input, picture, typing } = beside;
  const { terminal, crash, onReady } = createTerminal(state, overlay);
  const refresh = createRefresh(
    () => readSnapshot(app),
    app.changes,
    () => state.get().snapshot,
    (snapshot) => {
      state.setSnapshot(snapshot);
      state.passTime();
    },
    createDatabaseTrouble(state, toasts),
  );
  const turns = app.config.settings.dashboard.animation && !reader;
  const spinner = turns ? createSpinner(overlay.stdout) : stillSpinner(overlay.stdout);
  const context: Context = {
    app,
    keymap,
    state,
    busy: createBusy(state),
    toasts,
    operations,
    terminal,
    typing,
    refresh: refresh.now,
  };
  input.onMouse((report) => {
    state.touch();
    if (!typing.mouse(report)) actOnMouse(context, keymap, report);
  });
  const ink = render(
    <Dashboard
      context={context}
      keymap={keymap}
      theme={theme}
      picture={reader ? NO_PICTURE : picture}
      spinner={spinner}
      onReady={onReady}
    />,
    { ...inkOptions(reader), stdout: spinner.stdout, stdin: input.stdin, stderr: overlay.stdout },
  );
  const minute = setInterval(() => tick(app, state), MINUTE_MS);
  const supervisor = lookAfterSupervisor(context, ink.waitUntilRenderFlush());
  try {
    return await untilExit(ink, crash, {
      isAway: () => state.get().view.away,
      // Nobody is left to tell of it.
      onHangup: () => void stdout.on('error', () => undefined),
      end: terminal.exit,
    });
  } catch (error) {
    app.log.error('The dashboard crashed.', error);
    throw error;
  } finally {
    clearInterval(minute);
    // First whatever writes to the terminal, which is no longer ours.
    spinner.close();
    beside.close();
    telling.stop();
    refresh.stop();
    toasts.close();
    await supervisor.stop();
  }
}

/** What the database holds, with what the settings say about it. */
function readSnapshot(app: App): Snapshot {
  return withQueueSettings(app, withFixSettings(app, app.store.snapshot()));
}

function stateAtStart(app: App, { columns, rows }: NodeJS.WriteStream, reader: boolean): State {
  const snapshot = readSnapshot(app);
  const view = {
    ...createView({ columns, rows }, app.clock.now()),
    projectId: firstWaiting(snapshot),
    mouse: app.config.settings.mouse.enabled && !reader,
    reader,
  };
  return createState(snapshot, view, app.clock.now);
}

/** What the terminal tells besides the screen: its title, and its bell. Both follow what the screen shows. */
function createTelling(app: App, stdout: NodeJS.WriteStream, state: State): { stop: () => void } {
  const { environment } = app.host;
  const { enabled, events, bell, system } = app.config.settings.notifications;
  const write = (text: string): void => void stdout.write(text);
  const title = createTitle(write, environment.TERM);
  const ring = createBell(write, state.get().snapshot, app.clock.now, {
    ...{ enabled: enabled && bell, events, environment },
    // Through ssh this machine's desktop is not where the person sits.
    words: !system || environment.SSH_CONNECTION !== undefined,
  });
  const follow = ({ snapshot, view }: DashboardState): void => {
    ring(snapshot, view);
    if (view.away) title.lend();
    else title.show(waitingIn(snapshot).length);
  };
  follow(state.get());
  const unfollow = state.store.subscribe(follow);
  return {
    stop() {
      unfollow();
      title.close();
    },
  };
}

function lookAfterSupervisor(context: Context, shown: Promise<void>) {
  const { app, state } = context;
  return keepSupervisor(
    afterFirstFrame(context, shown),
    () => needsSupervisor(state.get().snapshot, app.clock.now()),
    () => runs(app),
    async () => (await import('#operations/supervisor/ensure.ts')).ensureSupervisor(app),
    (sentence) => setTrouble(state, 'supervisor', sentence),
  );
}

/** Whether the supervisor runs; a data directory that is just being removed has none. */
function runs(app: App): boolean {
  try {
    return runningSupervisor(app) !== null;
  } catch {
    return false;
  }
}

/** The project to begin with: the first in which something needs a person; null leaves it to the order of the list. */
function firstWaiting(snapshot: Snapshot): number | null {
  const waiting = attentionOf(snapshot);
  return snapshot.projects.find(({ id }) => waiting.has(id))?.id ?? null;
}

/** Brings the times on the screen to now, if it would say something else then. */
function tick(app: App, state: State): void {
  const { snapshot, view } = state.get();
  if (tellsTime(view, snapshot, app.clock.now())) state.passTime();
}

/** What the first frame does not need: the operations, and a look whether what the database says of sessions is still so. */
async function afterFirstFrame(context: Context, shown: Promise<void>): Promise<void> {
  const { app, operations, state, toasts } = context;
  try {
    await shown;
    await operations();
    if (state.get().snapshot.sessions.size === 0) return;
    const { lookAtSessions } = await import('#operations/session/look.ts');
    await lookAtSessions(app, null);
  } catch (error) {
    toasts.fail(error);
  }
}

/** What only Ink can do, for actions; Ink hands it over when it is there. */
function createTerminal(
  state: State,
  overlay: Overlay,
): {
  terminal: Terminal;
  crash: (error: unknown) => void;
  onReady: (ink: ReturnType<typeof useApp>) => void;
} {
  let ink: ReturnType<typeof useApp> | undefined;
  let lent = false;
  let over = false;
  const leave = (): void => {
    if (over && !lent) ink?.exit();
  };
  const setAway = (away: boolean): void => state.update((view) => ({ ...view, away }));
  return {
    onReady(found) {
      ink = found;
      leave();
    },
    crash: (error) => ink?.exit(error instanceof Error ? error : new Error(String(error))),
    terminal: {
      exit() {
        over = true;
        leave();
      },
      async lend(work) {
        lent = true;
        overlay.suspend();
        try {
          await ink?.suspendTerminal(async () => {
            setAway(true);
            await work().finally(() => {
              overlay.resume();
              setAway(false);
            });
          });
        } finally {
          lent = false;
          overlay.resume();
          setAway(false);
          leave();
        }
      },
    },
  };
}
