import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Setting } from './kept.ts';

type Json = Record<string, unknown>;
type Where = Pick<Setting, 'cwd' | 'configDir' | 'env'>;

/** Claude keeps trust for the main repository of a worktree, and that of a folder covers what lies below. */
export function isTrusted(where: Where): boolean {
  const projects = (readState(where).projects ?? {}) as Record<string, Json>;
  for (let folder = mainFolder(where.cwd); ; folder = dirname(folder)) {
    if (projects[folder]?.hasTrustDialogAccepted === true) return true;
    if (folder === dirname(folder)) return false;
  }
}

export function trust(where: Where): void {
  const state = readState(where);
  const projects = (state.projects ?? {}) as Record<string, Json>;
  const folder = mainFolder(where.cwd);
  projects[folder] = { ...projects[folder], hasTrustDialogAccepted: true };
  mkdirSync(dirname(stateFile(where)), { recursive: true });
  writeFileSync(stateFile(where), JSON.stringify({ ...state, projects }), { mode: 0o600 });
}

function stateFile({ configDir, env }: Where): string {
  const chosen = (env.CLAUDE_CONFIG_DIR ?? '') !== '';
  return join(chosen ? configDir : dirname(configDir), '.claude.json');
}

function readState(where: Where): Json {
  try {
    return JSON.parse(readFileSync(stateFile(where), 'utf8')) as Json;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

function mainFolder(cwd: string): string {
  const args = ['rev-parse', '--path-format=absolute', '--git-common-dir'];
  const { status, stdout } = spawnSync('git', args, { cwd, encoding: 'utf8', timeout: 5_000 });
  return status === 0 ? dirname(stdout.trim()) : cwd;
}
