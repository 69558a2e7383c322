import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PrintResult, readPrintResult } from '#domain/claude/print-result.ts';
import { readJson } from './read-json.ts';
import { writeOwnFile } from './write-file.ts';

/** Between asking Claude to end and ending it. */
const GRACE_MS = 2_000;
const LAST_WORDS = 500;

/** How a run ended. */
export interface PrintEnd {
  /** null when a signal ended it, or it could not be started. */
  exitCode: number | null;
  /** null when it printed none. */
  result: PrintResult | null;
  /** The end of what it said besides. */
  words: string;
}

export interface PrintRun {
  ended: Promise<PrintEnd>;
  /** Ends it; `ended` resolves all the same. */
  stop(): void;
}

/** What is left of a run whose starter is gone. */
export interface PrintTrace {
  pid: number | null;
  result: PrintResult | null;
}

interface Files {
  input: string;
  output: string;
  errors: string;
  pid: string;
}

function filesOf(folder: string, name: string): Files {
  const path = join(folder, name);
  return { input: `${path}.md`, output: `${path}.json`, errors: `${path}.log`, pid: `${path}.pid` };
}

/**
 * Starts a program that reads a prompt and prints one JSON object. It reads and writes files, so that what it said is there also when
 * whoever started it is not; and it stays in the group of its terminal, whose end ends it too.
 */
export function startPrint(
  folder: string,
  name: string,
  {
    argv,
    prompt,
    cwd,
    env,
  }: {
    argv: readonly [string, ...string[]];
    prompt: string;
    cwd: string;
    env: Readonly<Record<string, string>>;
  },
): PrintRun {
  const files = filesOf(folder, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeOwnFile(files.input, prompt);
  const [program, ...args] = argv;
  const stdio = [
    openSync(files.input, 'r'),
    openSync(files.output, 'w', 0o600),
    openSync(files.errors, 'w', 0o600),
  ];
  let child: ChildProcess;
  try {
    child = spawn(program, args, { cwd, env, stdio });
  } finally {
    for (const file of stdio) closeSync(file);
  }
  if (child.pid !== undefined) writeOwnFile(files.pid, `${child.pid}\n`);
  const ended = new Promise<PrintEnd>((done) => {
    const end = (exitCode: number | null, words: string): void =>
      done({ exitCode, result: readResult(files), words });
    child.once('error', (error) => end(null, error.message));
    child.once('close', (code) => end(code, readFileSync(files.errors, 'utf8').slice(-LAST_WORDS)));
  });
  return {
    ended,
    stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      child.once('close', () => clearTimeout(timer));
    },
  };
}

/** What is left of an earlier run of this name; null when there was none. */
export function readPrint(folder: string, name: string): PrintTrace | null {
  const files = filesOf(folder, name);
  try {
    return { pid: Number(readFileSync(files.pid, 'utf8')), result: readResult(files) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function readResult(files: Files): PrintResult | null {
  const json = readJson(files.output);
  return json === 'missing' || json === 'unreadable' ? null : readPrintResult(json);
}
