import { join } from 'node:path';
import type { ClaudePrint } from './claude.ts';
import { type PrintRun, startPrint } from './run-print.ts';
import type { SessionFiles } from './session-files.ts';
import { permissionRules } from './settings-file.ts';
import { isAtLeast } from './version.ts';
import { writeOwnFile } from './write-file.ts';

/** These are in no changelog that names their version; they work in this one. Without a schema the prompt alone asks for the object. */
const OPTIONS_SINCE = '2.1.197';

/** Starts Claude with a prompt, by itself with the mode of an autonomous task, and with no hook and no status line of ours. */
export function print(
  files: SessionFiles,
  command: string,
  request: ClaudePrint,
  installed: { version: string; env: Readonly<Record<string, string>> },
): PrintRun {
  const { name, worktree, prompt } = request;
  const mode = request.permissionMode ?? 'acceptEdits';
  const settings = join(files.review, `${name}-settings.json`);
  const rules = {
    ...permissionRules(request.permissions),
    ...(mode === 'bypassPermissions' ? { skipDangerousModePermissionPrompt: true } : {}),
  };
  writeOwnFile(settings, `${JSON.stringify(rules, null, 2)}\n`);
  const args = ['--print', '--output-format', 'json', '--settings', settings];
  args.push('--session-id', request.claudeSessionId, '--permission-mode', mode);
  if (isAtLeast(installed.version, OPTIONS_SINCE)) {
    args.push('--json-schema', JSON.stringify(request.shape));
    if (request.maxUsd !== null) args.push('--max-budget-usd', String(request.maxUsd));
  }
  const { systemPrompt, model, effort } = request;
  if (systemPrompt !== null) {
    args.push('--append-system-prompt', systemPrompt.replaceAll('\0', ''));
  }
  if (model !== null) args.push('--model', model);
  if (effort !== null) args.push('--effort', effort);
  // The worktree is ours: Claude makes none of its own inside it. It takes every word up to the next option.
  args.push('--disallowedTools', 'EnterWorktree');
  const argv: [string, ...string[]] = [command, ...args];
  return startPrint(files.review, name, { argv, prompt, cwd: worktree, env: installed.env });
}
