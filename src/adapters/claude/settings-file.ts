import { join } from 'node:path';
import { ANSWER_TIMEOUT_SECS } from '#domain/claude/request.ts';
import { shellLine } from './shell-words.ts';
import { isAtLeast } from './version.ts';

/**
 * Events that we listen to: forwarder and the first Claude Code that knows the event (its changelog). One that the installed version does
 * not know would open a blocking "Settings Warning" dialog. WorktreeCreate must never be among them: such a hook replaces git's own.
 */
const EVENTS: readonly { event: string; script: string; since: string; timeout?: number }[] = [
  { event: 'SessionStart', script: 'session-start.sh', since: '1.0.62' },
  { event: 'UserPromptSubmit', script: 'user-prompt-submit.sh', since: '1.0.54' },
  // It stays until a person has answered. Claude's own dialog is open meanwhile and can be answered, too.
  {
    event: 'PermissionRequest',
    script: 'permission-request.sh',
    since: '2.0.45',
    timeout: ANSWER_TIMEOUT_SECS,
  },
  { event: 'PostToolUse', script: 'post-tool-use.sh', since: '1.0.38' },
  // Its changelog does not name this one; lists of events by others have it before 2.1.33.
  { event: 'PostToolUseFailure', script: 'post-tool-use.sh', since: '2.1.33' },
  { event: 'Notification', script: 'notification.sh', since: '1.0.38' },
  { event: 'Stop', script: 'stop.sh', since: '1.0.38' },
  { event: 'StopFailure', script: 'stop-failure.sh', since: '2.1.78' },
  { event: 'TaskCreated', script: 'task-created.sh', since: '2.1.84' },
  { event: 'TaskCompleted', script: 'task-completed.sh', since: '2.1.33' },
  { event: 'SessionEnd', script: 'session-end.sh', since: '1.0.85' },
];

/** Hooks that name their arguments one by one, without a shell: since 2.1.139 (its changelog). */
const EXEC_FORM_SINCE = '2.1.139';

/** Seconds that Claude waits for a hook that only reports. Ours take milliseconds, and give up a busy database after 1.5 s. */
const HOOK_TIMEOUT_SECS = 5;

export interface SettingsRequest {
  /** Of the installed Claude Code, for example "2.1.197". */
  version: string;
  /** Absolute paths of the hook forwarders' folder, of node, of the hook bundle and of the data directory. */
  hooks: string;
  node: string;
  hook: string;
  home: string;
  /** What the session starts in; null leaves it to the person's own settings. */
  permissionMode: string | null;
  /** null adds no rules to the person's own. */
  permissions: { allow: readonly string[]; deny: readonly string[]; ask: readonly string[] } | null;
  /** Files outside the worktree that Claude may read without asking. */
  readable: readonly string[];
  /** The person's own padding of the status line; null for none. */
  statusLinePadding: number | null;
}

type Json = Record<string, unknown>;

/** Returns what `--settings` is given: it is laid over the person's own settings, and their hooks go on running beside ours. */
export function buildSettings(request: SettingsRequest): Json {
  const tail = [request.node, request.hook, request.home];
  const line = ['/bin/sh', join(request.hooks, 'status-line.sh'), ...tail];
  const padding = request.statusLinePadding;
  return {
    hooks: buildHooks(request, tail),
    statusLine: {
      type: 'command',
      command: shellLine(line),
      ...(padding === null ? {} : { padding }),
    },
    // One "←" on an empty prompt would move the session into the background under another id, and no hook tells of it.
    disableAgentView: true,
    ...permissionRules(request.permissions, request.readable),
    ...(request.permissionMode === 'bypassPermissions'
      ? { skipDangerousModePermissionPrompt: true }
      : {}),
  };
}

function buildHooks({ version, hooks }: SettingsRequest, tail: readonly string[]): Json {
  const known = EVENTS.filter(({ since }) => isAtLeast(version, since));
  return Object.fromEntries(
    known.map(({ event, script, timeout = HOOK_TIMEOUT_SECS }) => {
      const words = [join(hooks, script), ...tail];
      const command = isAtLeast(version, EXEC_FORM_SINCE)
        ? { command: '/bin/sh', args: words }
        : { command: shellLine(['/bin/sh', ...words]) };
      return [event, [{ hooks: [{ type: 'command', ...command, timeout }] }]];
    }),
  );
}

/** The part of the settings that says what is allowed; empty where nothing is said. `readable` are absolute paths. */
export function permissionRules(
  rules: SettingsRequest['permissions'],
  readable: readonly string[] = [],
): Json {
  // In a permission rule a path that starts with two slashes is an absolute one.
  const allow = [...(rules?.allow ?? []), ...readable.map((path) => `Read(/${path})`)];
  const lists = { allow, deny: rules?.deny ?? [], ask: rules?.ask ?? [] };
  const used = Object.entries(lists).filter(([, list]) => list.length > 0);
  return used.length === 0 ? {} : { permissions: Object.fromEntries(used) };
}
