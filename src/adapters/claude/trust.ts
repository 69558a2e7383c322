import { dirname } from 'node:path';
import { stateFile } from './config-dir.ts';
import { asRecord, readJson } from './read-json.ts';

/**
 * Whether Claude opens no trust dialog in this repository or any worktree of it: trust is kept for the main repository, and that of a
 * folder covers what lies below. Null when Claude's file cannot be read. The file is the person's: it is never written.
 */
export function isTrusted(
  repository: string,
  env: Readonly<Record<string, string>>,
): boolean | null {
  const path = stateFile(env);
  const state = path === null ? 'unreadable' : readJson(path);
  if (state === 'unreadable') return null;
  if (state === 'missing') return false;
  const projects = asRecord(state.projects) ?? {};
  for (let folder = repository; ; folder = dirname(folder)) {
    if (asRecord(projects[folder])?.hasTrustDialogAccepted === true) return true;
    if (folder === dirname(folder)) return false;
  }
}
