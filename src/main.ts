#!/usr/bin/env node
// Chooses the surface; the only file that ends the process. It must load on any Node that knows modules, so that an old one gets a sentence
// instead of a stack: nothing that needs a newer one is imported before the check.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { App } from '#app.ts';

const MAIN = fileURLToPath(import.meta.url);
const ROOT = dirname(dirname(MAIN));

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 13);
}

/** In a checkout the pinned runtime lies beside the code and takes over; elsewhere there is only a sentence to give. */
async function handOver(): Promise<number> {
  const pinned = join(ROOT, 'node_modules', '.bin', 'node');
  if (existsSync(pinned)) {
    const child = spawn(pinned, [MAIN, ...process.argv.slice(2)], { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => child.kill(signal));
    }
    const code = await new Promise<number | null>((done) => {
      child.once('error', () => done(null));
      child.once('close', (status) => done(status ?? 1));
    });
    if (code !== null) return code;
  }
  process.stderr.write(
    `claustre needs Node.js 22.13 or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org.\n`,
  );
  return 3;
}

type OpenApp = App & { close(): void };

async function openApp(log: string, environment?: Record<string, string>): Promise<OpenApp> {
  const { createApp, environmentOfProcess } = await import('./create-app.ts');
  return createApp({ environment: environment ?? environmentOfProcess(), main: MAIN, log });
}

async function dashboard(screenReader = false): Promise<number> {
  const { startDashboard, SURROUNDINGS } = await import('./tui/start.tsx');
  const app = await openApp('dashboard');
  try {
    return await startDashboard(app, { ...SURROUNDINGS, screenReader });
  } finally {
    app.close();
  }
}

/**
 * By what the supervisor may be ended, and its exit code then: 0 tells the shell loop around it not to start it again. Only the end of its
 * tmux session (SIGHUP) is meant for good.
 */
const ENDED_BY = { SIGTERM: 143, SIGINT: 130, SIGHUP: 0 } as const;

/** Runs until there is nothing to supervise (0), or until a signal ends it. */
async function supervise(): Promise<number> {
  const { keptEnvironment, lockSupervisor } = await import('./create-app.ts');
  const { startSupervisor } = await import('./supervisor/start.ts');
  const app = await openApp('supervisor', keptEnvironment(MAIN));
  const release = lockSupervisor(app);
  if (release === null) return 0;
  const stop = new AbortController();
  let code = 0;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      code = ENDED_BY[signal];
      stop.abort();
    });
  }
  await startSupervisor(app, stop.signal);
  release();
  app.close();
  return code;
}

const SESSION_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Runs in a pane of a session until there is nothing to review any more (0), or until a signal ends it. */
async function reviewLoop(sessionId: unknown): Promise<number> {
  const { environmentOfSession, lockReviewLoop } = await import('./create-app.ts');
  const { startReviewLoop } = await import('./review-loop/start.ts');
  if (typeof sessionId !== 'string' || !SESSION_ID.test(sessionId)) {
    process.stderr.write('claustre review-loop needs --session-id with the id of a session.\n');
    return 2;
  }
  const app = await openApp('review-loop', environmentOfSession(MAIN, sessionId));
  const release = lockReviewLoop(app, sessionId);
  if (release === null) {
    process.stderr.write('The review loop of this session runs already.\n');
    return 1;
  }
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => stop.abort('Its pane was closed.'));
  }
  // Its pane may be gone before it is.
  process.stdout.on('error', () => stop.abort('Its pane was closed.'));
  await startReviewLoop(app, sessionId, process.stdout, stop.signal);
  release();
  app.close();
  return 0;
}

/** Runs one turn in a pane of a session; ends with Claude's own exit code. */
async function headless(sessionId: unknown): Promise<number> {
  const { environmentOfSession } = await import('./create-app.ts');
  const { startHeadless } = await import('./headless/start.ts');
  if (typeof sessionId !== 'string' || !SESSION_ID.test(sessionId)) {
    process.stderr.write('claustre headless needs --session-id with the id of a session.\n');
    return 2;
  }
  const app = await openApp('headless', environmentOfSession(MAIN, sessionId));
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => stop.abort());
  }
  // Its pane may be gone before it is.
  process.stdout.on('error', () => stop.abort());
  try {
    return await startHeadless(app, sessionId, process.stdout, stop.signal);
  } finally {
    app.close();
  }
}

async function commands(argv: readonly string[]): Promise<number> {
  const [{ runCli }, { createIo }, { SURFACES }, { environmentOfProcess }] = await Promise.all([
    import('./cli/run.ts'),
    import('./cli/io.ts'),
    import('./cli/surfaces.ts'),
    import('./create-app.ts'),
  ]);
  const { stdin, stdout, stderr } = process;
  const io = createIo({ stdin, stdout, stderr, env: environmentOfProcess() });
  let app: OpenApp | null = null;
  const create = async (): Promise<App> => {
    app ??= await openApp('claustre');
    return app;
  };
  const version = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version as string;
  const surfaces = [
    {
      ...SURFACES.dashboard,
      run: (_io: unknown, given: { screenReader?: unknown }) =>
        dashboard(given.screenReader === true),
    },
    { ...SURFACES.demo, run: demo },
    { ...SURFACES.supervise, run: supervise },
    {
      ...SURFACES.reviewLoop,
      run: (_io: unknown, given: { sessionId?: unknown }) => reviewLoop(given.sessionId),
    },
    {
      ...SURFACES.headless,
      run: (_io: unknown, given: { sessionId?: unknown }) => headless(given.sessionId),
    },
  ];
  try {
    return await runCli(argv, create, io, { version, surfaces });
  } finally {
    (app as OpenApp | null)?.close();
  }
}

async function demo(): Promise<number> {
  const { environmentOfProcess } = await import('./create-app.ts');
  const { startDemo } = await import('./demo/start.ts');
  return startDemo({
    main: MAIN,
    environment: environmentOfProcess(),
    openApp: (environment) => openApp('demo', environment),
    dashboard: startOn,
  });
}

async function startOn(app: App): Promise<number> {
  const { startDashboard } = await import('./tui/start.tsx');
  return startDashboard(app);
}

async function run(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  // The screen must not wait for the command line's libraries, nor a hook for anything.
  if (command === undefined || (command === 'dashboard' && rest.length === 0)) return dashboard();
  if (command === 'session-update') return sessionUpdate();
  return commands(argv);
}

/** The same as dist/hook.cjs, for scripts: it reads a hook's JSON from standard input and acts as it is loaded. */
async function sessionUpdate(): Promise<number> {
  const { dataDirectory } = await import('./create-app.ts');
  process.argv.splice(2, 1, dataDirectory(MAIN));
  await import('./hook.ts');
  return 0;
}

/** The last resort for the surfaces that do not say their own errors. */
function say(error: unknown): number {
  const { message, hint, code } = error as { message?: string; hint?: string; code?: string };
  process.stderr.write(`${[message ?? String(error), hint].filter(Boolean).join('\n')}\n`);
  return code === 'environment' ? 3 : 1;
}

process.exitCode = isNewEnough(process.versions.node)
  ? await run(process.argv.slice(2)).catch(say)
  : await handOver();
