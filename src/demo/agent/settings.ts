import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Json = Record<string, unknown>;

export interface HookCommand {
  command: string;
  /** null runs the command through a shell. */
  args: string[] | null;
  timeoutMs: number;
  /** Empty matches everything. */
  matcher: string;
}

export interface Settings {
  hooks: Map<string, HookCommand[]>;
  statusLine: string | null;
  /** Hook events of the --settings file that Claude Code 2.1.197 does not know: it asks about them before it starts. */
  unknownEvents: string[];
}

/** The events that Claude Code 2.1.197 names itself. */
const EVENTS: ReadonlySet<string> = new Set(
  `PreToolUse PostToolUse PostToolUseFailure PostToolBatch Notification UserPromptSubmit UserPromptExpansion SessionStart SessionEnd
  Stop StopFailure SubagentStart SubagentStop PreCompact PostCompact PermissionRequest PermissionDenied Setup TeammateIdle TaskCreated
  TaskCompleted Elicitation ElicitationResult ConfigChange WorktreeCreate WorktreeRemove InstructionsLoaded CwdChanged FileChanged
  MessageDisplay`.split(/\s+/),
);

const DEFAULT_TIMEOUT_SECS = 600;

/** Lays the settings together as Claude does: hooks of all files run, of the rest the last file counts. Throws when `own` cannot be read. */
export function readSettings(configDir: string, cwd: string, own: string | null): Settings {
  const paths = [
    join(configDir, 'settings.json'),
    join(cwd, '.claude', 'settings.json'),
    join(cwd, '.claude', 'settings.local.json'),
  ];
  const settings: Settings = { hooks: new Map(), statusLine: null, unknownEvents: [] };
  for (const path of paths) {
    const json = readIfThere(path);
    if (json !== null) layOver(settings, json);
  }
  if (own !== null) {
    const json = record(JSON.parse(readFileSync(own, 'utf8')));
    settings.unknownEvents = Object.keys(record(json.hooks)).filter((name) => !EVENTS.has(name));
    layOver(settings, json);
  }
  return settings;
}

function readIfThere(path: string): Json | null {
  try {
    return record(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    // Claude goes on without a file that it cannot read.
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof SyntaxError || code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

function layOver(settings: Settings, json: Json): void {
  for (const [event, groups] of Object.entries(record(json.hooks))) {
    const found = list(groups).flatMap((group) => {
      const matcher = String(record(group).matcher ?? '');
      return list(record(group).hooks).map((hook) => readHook(record(hook), matcher));
    });
    settings.hooks.set(event, [...(settings.hooks.get(event) ?? []), ...found]);
  }
  const { command } = record(json.statusLine);
  if (typeof command === 'string') settings.statusLine = command;
}

function readHook(hook: Json, matcher: string): HookCommand {
  const seconds = typeof hook.timeout === 'number' ? hook.timeout : DEFAULT_TIMEOUT_SECS;
  return {
    command: String(hook.command),
    args: Array.isArray(hook.args) ? hook.args.map(String) : null,
    timeoutMs: seconds * 1000,
    matcher,
  };
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
