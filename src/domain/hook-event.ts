import { type Json, list, oneLine, record, text } from '#domain/claude/payload.ts';
import { type Asked, readAsked } from '#domain/claude/request.ts';
import { type ToolCall, toolCall } from '#domain/claude/tool-call.ts';
import type { HookMeaning } from './activity.ts';
import type { ErrorCode } from './attempt/error-code.ts';
import { codeOfFailure } from './attempt/failure.ts';
import type { Todo } from './todo.ts';

/** A Claude hook's payload as far as claustre reads it; every field is checked here and is a plain value from here on. */
export interface HookEvent {
  /** Claude's name of the event, for example "Stop"; claustre's own setup reports "SetupFailed" and "SetupDone" the same way. */
  name: string;
  claudeSessionId: string | null;
  transcriptPath: string | null;
  /** null when the event says nothing about activity. */
  meaning: HookMeaning | null;
  /** One line for people, without control characters. */
  detail: string | null;
  /** What a person is asked. */
  asked: Asked | null;
  /** The tool that was used. */
  call: ToolCall | null;
  /** A person's (or a notification's) prompt went to Claude. */
  prompt: string | null;
  /** Ended a turn; `behind` when background work goes on, so that it is not the end of the work. */
  turnEnd: 'clean' | 'behind' | 'failed' | null;
  /** Why the turn failed; null when it did not. */
  failure: ErrorCode | null;
  /** URL of the pull request that a tool's output says was created or exists. */
  pullRequestUrl: string | null;
  /** One entry of Claude's own to-do list that appeared or was completed. */
  todo: Todo | null;
  /** The process is over (not for /clear, which goes on under a new conversation id). */
  processEnded: boolean;
}

/** Reads a payload leniently: unknown events and missing fields are fine, wrong types count as missing. Null when it is no object. */
export function readHookEvent(payload: unknown): HookEvent | null {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return null;
  const json = payload as Json;
  const name = text(json, 'hook_event_name') ?? 'unknown';
  const event: HookEvent = {
    name: oneLine(name, 60),
    claudeSessionId: text(json, 'session_id'),
    transcriptPath: text(json, 'transcript_path'),
    meaning: null,
    detail: null,
    asked: null,
    call: null,
    prompt: null,
    turnEnd: null,
    failure: null,
    pullRequestUrl: null,
    todo: null,
    processEnded: false,
  };
  return { ...event, ...READERS[name]?.(json) };
}

const READERS: Record<string, (json: Json) => Partial<HookEvent>> = {
  SessionStart: (json) => ({
    meaning: json.source === 'clear' ? 'cleared' : json.source === 'compact' ? null : 'started',
  }),
  UserPromptSubmit: (json) => ({ meaning: 'prompted', prompt: text(json, 'prompt') ?? '' }),
  PermissionRequest: readPermissionRequest,
  PostToolUse: readToolUse,
  PostToolUseFailure: readToolUse,
  Notification: readNotification,
  Stop: readStop,
  StopFailure: readStopFailure,
  TaskCreated: (json) => ({ todo: readTodo(json, false) }),
  TaskCompleted: (json) => ({ todo: readTodo(json, true) }),
  SessionEnd: (json) => {
    if (json.reason === 'clear' || json.reason === 'resume') return {};
    const left = json.reason === 'prompt_input_exit';
    return { meaning: 'ended', processEnded: true, detail: left ? 'left by /exit' : null };
  },
  // Reports of our own: the setup command of the project that ran before Claude.
  SetupFailed: (json) => ({
    meaning: 'ended',
    detail: oneLine(text(json, 'reason') ?? 'setup failed'),
  }),
};

const ASKING = {
  permission: 'asks_permission',
  question: 'asks_question',
  plan: 'asks_plan',
} as const;

function readPermissionRequest(json: Json): Partial<HookEvent> {
  const asked = readAsked(json);
  return { meaning: ASKING[asked.kind], detail: asked.detail, asked };
}

function readToolUse(json: Json): Partial<HookEvent> {
  const call = toolCall(json);
  return {
    meaning: 'went_on',
    detail: call.detail,
    call,
    pullRequestUrl: createdPullRequest(json),
  };
}

function readNotification(json: Json): Partial<HookEvent> {
  // It comes 6 s after the dialog opened and cannot tell a question from a permission; PermissionRequest, where this Claude has it, can.
  if (json.notification_type === 'permission_prompt') return { meaning: 'asks' };
  if (json.notification_type === 'idle_prompt') return { meaning: 'awaits' };
  return {};
}

function readStop(json: Json): Partial<HookEvent> {
  const behind = list(json.background_tasks).length + list(json.session_crons).length;
  if (behind === 0) return { meaning: 'turn_ended', turnEnd: 'clean' };
  return {
    meaning: 'turn_ended_behind',
    turnEnd: 'behind',
    detail: `${behind} running in the background`,
  };
}

function readStopFailure(json: Json): Partial<HookEvent> {
  const message = text(json, 'last_assistant_message') ?? text(json, 'error') ?? 'unknown error';
  // The same error word stands for a short overload of the service; only the text tells a used-up limit from it.
  const limited = json.error === 'rate_limit' && /hit your .*limit|resets /i.test(message);
  return {
    meaning: limited ? 'limited' : 'failed',
    turnEnd: 'failed',
    failure: codeOfFailure(text(json, 'error'), message, limited),
    detail: oneLine(message),
  };
}

function readTodo(json: Json, done: boolean): HookEvent['todo'] {
  const id = text(json, 'task_id');
  if (id === null) return null;
  return { id, subject: oneLine(text(json, 'task_subject') ?? ''), done };
}

const PULL_REQUEST_URL = /https?:\/\/[\w.-]+(?::\d+)?\/[\w.-]+\/[\w.-]+\/pull\/\d+/;

/** The URL that `gh pr create` printed, also in its refusal "a pull request for branch … already exists". */
function createdPullRequest(json: Json): string | null {
  if (json.tool_name !== 'Bash') return null;
  const command = text(record(json.tool_input), 'command') ?? '';
  if (!/\bgh\s+pr\s+create\b/.test(command)) return null;
  const response = json.tool_response;
  const output =
    typeof response === 'string'
      ? response
      : `${text(record(response), 'stdout') ?? ''}\n${text(record(response), 'stderr') ?? ''}`;
  const all = `${output}\n${text(json, 'error') ?? ''}`;
  // The URL is the last line of its output; what stands before it may quote other pull requests.
  const lines = all.split('\n').reverse();
  for (const line of lines) {
    const found = PULL_REQUEST_URL.exec(line);
    if (found !== null) return found[0];
  }
  return null;
}
