import { z } from 'zod';
import type { Runner } from '#domain/session.ts';
import { TASK_MODES, type TaskMode } from '#domain/task.ts';
import { setting, text, textOrUnset, texts } from './setting.ts';

const CLAUDE_MODES = ['default', 'acceptEdits', 'auto', 'dontAsk', 'plan', 'bypassPermissions'];
const claudeMode = z.enum(CLAUDE_MODES);

/** Claude's permission mode for each mode of a task; null gives Claude no flag, so that the person's own settings decide. */
export type PermissionModes = Record<TaskMode, string | null>;

/** One word stands for all modes; a table changes only the modes that it names (load.ts lays it over what was there). */
const permissionModes: z.ZodType<PermissionModes> = z
  .union([claudeMode, z.partialRecord(z.enum(TASK_MODES), claudeMode)])
  .transform((value) =>
    typeof value === 'string'
      ? { supervised: value, autonomous: value, exploration: value }
      : (value as PermissionModes),
  );

/**
 * What an autonomous session may do without asking. Commands that publish, or that change more than their branch, are asked for or denied
 * below although a wider rule here would allow them.
 */
const ALLOW = [
  ...['Read', 'Glob', 'Grep', 'Edit', 'Write', 'NotebookEdit', 'TodoWrite'],
  ...['git', 'gh', 'ls', 'cat', 'mkdir', 'touch', 'cp', 'mv', 'find', 'grep', 'rg', 'sed'],
  ...['npm', 'npx', 'pnpm', 'yarn', 'bun', 'node', 'deno', 'tsc', 'make', 'just', 'cargo'],
  ...['go', 'python', 'python3', 'pip', 'uv', 'pytest', 'bundle', 'rake', 'mvn', 'gradle'],
].map((name) => (/^[A-Z]/.test(name) ? name : `Bash(${name} *)`));

/** The table [claude]. */
export const CLAUDE = {
  sentence: 'How Claude Code is started.',
  keys: {
    command: setting({
      check: text,
      default: 'claude',
      expected: 'a text',
      sentence: 'The program that is Claude Code: a name in PATH or an absolute path.',
      home: true,
    }),
    model: setting({
      check: textOrUnset,
      default: null,
      expected: 'a text',
      sentence: "The model that Claude is started with; without it, Claude's own choice.",
      example: '"opus"',
    }),
    effort: setting({
      check: textOrUnset,
      default: null,
      expected: 'a text',
      sentence: "The effort that Claude is started with; without it, Claude's own choice.",
      example: '"high"',
    }),
    runner: setting<Runner>({
      check: z.enum(['interactive', 'headless']),
      default: 'interactive',
      expected: 'one of interactive, headless',
      sentence:
        'How the Claude of an autonomous task runs: in its own screen, where you can step in at any time, or printing (`claude -p`), which is for those who pay by API.',
    }),
    permission_mode: setting({
      check: permissionModes,
      default: { supervised: null, autonomous: 'acceptEdits', exploration: null },
      expected: `one of ${CLAUDE_MODES.join(', ')}, or a table with supervised, autonomous and exploration`,
      sentence:
        'The permission mode of Claude: one word for all tasks, or a table by mode. A mode without a word gets no flag: your own Claude settings decide.',
    }),
  },
};

/** The table [permissions]. */
export const PERMISSIONS = {
  sentence:
    'What the Claude of an autonomous task may do. The other modes follow your own Claude settings.',
  keys: {
    allow: setting({
      check: texts,
      default: ALLOW,
      expected: 'a list of texts',
      sentence: "Claude's permission rules that pass without a question.",
    }),
    ask: setting({
      check: texts,
      default: ['Bash(npm publish *)', 'Bash(cargo publish *)', 'Bash(gh release *)'],
      expected: 'a list of texts',
      sentence: 'Rules that are asked for, although a wider one allows them.',
    }),
    deny: setting({
      check: texts,
      default: [
        'Bash(git push --force *)',
        'Bash(git push -f *)',
        'Bash(git push * --force)',
        'Bash(gh pr merge *)',
        'Bash(gh repo delete *)',
      ],
      expected: 'a list of texts',
      sentence: 'Rules that are refused: a person merges, and nobody rewrites what was pushed.',
    }),
  },
};
