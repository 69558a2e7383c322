import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { handIn, newReport, readStdin, reportingSession } from './hook-report.ts';

// What Claude calls: `hook.cjs <home> hook|status`, and the pane before Claude: `hook.cjs <home> setup`. Built into one small file, since
// Claude waits for it. It prints nothing of its own and always succeeds: anything else would show in the person's conversation.

function hook(home: string, sessionId: string): void {
  const report = newReport('hook', sessionId, '');
  handIn(home, { ...report, body: readStdin() });
}

async function status(home: string, sessionId: string): Promise<void> {
  const body = readStdin();
  try {
    handIn(home, newReport('status', sessionId, body));
  } finally {
    const { runUserStatusLine } = await import('#adapters/claude/user-status-line.ts');
    const file = join(home, 'sessions', sessionId, 'user-status-line');
    process.stdout.write(runUserStatusLine(file, body));
  }
}

/** Runs the project's setup in the pane; the exit code tells the launch script whether to go on. */
async function setup(home: string, sessionId: string): Promise<void> {
  process.exitCode = 1;
  const { runSetup } = await import('#adapters/claude/run-setup.ts');
  const folder = join(home, 'sessions', sessionId);
  const request = JSON.parse(readFileSync(join(folder, 'setup.json'), 'utf8'));
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stop.abort());
  }
  // The pane may be gone while the command still ends.
  process.stdout.on('error', () => stop.abort());
  const show = (output: Uint8Array): void => void process.stdout.write(output);
  const result = await runSetup(request, join(folder, 'setup.log'), show, stop.signal);
  const name = result.reason === null ? 'SetupDone' : 'SetupFailed';
  if (result.reason !== null) process.stdout.write(`\nclaustre: ${result.reason}.\n`);
  else process.exitCode = 0;
  handIn(home, newReport('hook', sessionId, JSON.stringify({ hook_event_name: name, ...result })));
}

/** By hand or from somebody else's hook it is `claustre session-update`, and the environment says where the data directory is. */
async function readArguments(): Promise<string[]> {
  const args = process.argv.slice(2);
  if (args[0] !== 'session-update') return args;
  const { createPaths, environment } = await import('#config/paths.ts');
  return [createPaths(environment(), process.argv[1] ?? '').home, 'hook'];
}

async function run(): Promise<void> {
  const [home, verb] = await readArguments();
  const sessionId = reportingSession();
  if (home === undefined || sessionId === null) return;
  if (verb === 'hook') {
    hook(home, sessionId);
    // Taking the heap down in order costs 2 % of the hook, and nothing is left to be written.
    process.exit();
  }
  if (verb === 'status') await status(home, sessionId);
  else if (verb === 'setup') await setup(home, sessionId);
}

run().catch(() => {
  // Not even the spool took the report (a full disk, a home without rights). Whatever is said here would stop or disturb Claude.
});
