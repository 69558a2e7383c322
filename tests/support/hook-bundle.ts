import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { SESSION_ID } from './seed-session.ts';

/** The hook as it is shipped; `npm test` builds it first. */
export const HOOK_BUNDLE = join(import.meta.dirname, '../../dist/hook.cjs');

interface HookRun {
  home: string;
  verb?: 'hook' | 'status' | 'setup';
  payload?: unknown;
  sessionId?: string | null;
}

function hookEnvironment(sessionId: string | null | undefined): Record<string, string> {
  const id = sessionId === undefined ? SESSION_ID : sessionId;
  return { PATH: process.env.PATH ?? '', ...(id === null ? {} : { CLAUSTRE_SESSION_ID: id }) };
}

/** Runs the hook as Claude's forwarders do and returns how it ended and what it printed. */
export function runHook({ home, verb = 'hook', payload = {}, sessionId }: HookRun) {
  const input = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const { status, stdout, stderr } = spawnSync(process.execPath, [HOOK_BUNDLE, home, verb], {
    input,
    encoding: 'utf8',
    env: hookEnvironment(sessionId),
    timeout: 20_000,
  });
  return { status, printed: stdout + stderr };
}

/** The same without waiting: resolves with its exit code. */
export function startHook({
  home,
  verb = 'hook',
  payload = {},
  sessionId,
}: HookRun): Promise<number | null> {
  const child = spawn(process.execPath, [HOOK_BUNDLE, home, verb], {
    env: hookEnvironment(sessionId),
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.stdin.end(JSON.stringify(payload));
  return new Promise((resolve) => child.on('close', resolve));
}
