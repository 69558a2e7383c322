import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { PrintResult } from '#domain/claude/print-result.ts';
import { readStreamLine, type StreamPiece } from '#domain/claude/stream-message.ts';
import { type Refusal, refuse } from '#domain/error.ts';
import { readJson } from './read-json.ts';
import type { PrintRun } from './run-print.ts';
import type { SessionFiles } from './session-files.ts';
import { removeOwnFile, writeOwnFile } from './write-file.ts';

/** Between asking Claude to end and ending it. */
const GRACE_MS = 5_000;
const LAST_WORDS = 500;

/** What a turn is started with; the prompt lies beside it. */
export interface Turn {
  argv: readonly [string, ...string[]];
  worktree: string;
}

/** Writes down the turn that the pane runs next. */
export function writeTurn(files: SessionFiles, turn: Turn, prompt: string): void {
  writeOwnFile(files.turnPrompt, prompt);
  writeOwnFile(files.turn, JSON.stringify(turn));
}

/**
 * Runs the turn that was written down, once: Claude reads the prompt from its standard input and prints what it does, line by line. It stays in the
 * group of its terminal, whose end ends it too.
 */
export function runTurn(
  files: SessionFiles,
  env: Readonly<Record<string, string>>,
  show: (piece: StreamPiece) => void,
): PrintRun | Refusal {
  const turn = readTurn(files.turn);
  if (turn === null) {
    return refuse('No turn was prepared for this session.', 'Send it a text: claustre send');
  }
  removeOwnFile(files.turn);
  const [program, ...args] = turn.argv;
  const input = openSync(files.turnPrompt, 'r');
  let child: ChildProcess;
  try {
    child = spawn(program, args, { cwd: turn.worktree, env, stdio: [input, 'pipe', 'pipe'] });
  } finally {
    closeSync(input);
  }
  let result: PrintResult | null = null;
  let words = '';
  child.stderr?.on('data', (bytes) => {
    words = `${words}${bytes}`.slice(-LAST_WORDS);
  });
  if (child.stdout !== null) {
    createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY }).on(
      'line',
      (line) => {
        for (const piece of readStreamLine(line)) {
          if (piece.kind === 'result') result = piece.result;
          show(piece);
        }
      },
    );
  }
  const ended = new Promise<Awaited<PrintRun['ended']>>((done) => {
    child.once('error', (error) => done({ exitCode: null, result, words: error.message }));
    child.once('close', (exitCode) => done({ exitCode, result, words }));
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

function readTurn(path: string): Turn | null {
  const json = readJson(path);
  if (json === 'missing' || json === 'unreadable') return null;
  const { argv, worktree } = json as Partial<Record<keyof Turn, unknown>>;
  const words = Array.isArray(argv) && argv.every((each) => typeof each === 'string') ? argv : [];
  const [program, ...args] = words;
  if (program === undefined || typeof worktree !== 'string') return null;
  return { argv: [program, ...args], worktree };
}
