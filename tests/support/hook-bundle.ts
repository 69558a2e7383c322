import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { SESSION_ID } from './seed-session.ts';

/** The hook as it is shipped; `npm test` builds it first. */
export const HOOK_BUNDLE = join(import.meta.dirname, '../../dist/hook.cjs');

const PERMISSION_BUNDLE = join(import.meta.dirname, '../../dist/hook-permission.cjs');

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

/** A hook that stays while Claude asks. */
export interface AskingHook {
  pid: number;
  /** What it printed and how it ended. */
  ended: Promise<{ code: number | null; printed: string }>;
  kill(): void;
}

/** Starts the hook that waits for a person's answer; it belongs to this process, as it would to Claude. */
export function startAsking({ home, payload = {}, sessionId }: HookRun): AskingHook {
  const child = spawn(process.execPath, [PERMISSION_BUNDLE, home], {
    env: hookEnvironment(sessionId),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const output of [child.stdout, child.stderr]) {
    output.on('data', (text) => {
      printed += text;
    });
  }
  child.stdin.end(typeof payload === 'string' ? payload : JSON.stringify(payload));
  return {
    pid: child.pid ?? 0,
    ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, printed }))),
    kill: () => void child.kill('SIGTERM'),
  };
}
