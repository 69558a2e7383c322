import { randomUUID } from 'node:crypto';
import { type HookResult, runHooks } from './hooks.ts';
import type { Settings } from './settings.ts';
import { openTranscript, type Transcript, transcriptPath } from './transcript.ts';

type Json = Record<string, unknown>;

/** What the stand-in was started with. */
export interface Setting {
  cwd: string;
  configDir: string;
  version: string;
  env: Readonly<Record<string, string>>;
  settings: Settings;
  sessionId: string;
  resumed: boolean;
  model: string;
  effort: string;
  permissionMode: string;
  /** Facts of the start for the transcript: what it was called with. */
  start: Json;
}

/** The conversation as it is kept and reported. */
export interface Kept {
  readonly setting: Setting;
  sessionId: string;
  transcript: Transcript;
  /** null before the first prompt. */
  promptId: string | null;
  answers: number;
  /** Dollars beside what each answer costs. */
  spentUsd: number;
  /** When the account's limit is reset that it ran into, in milliseconds since 1970; null before. */
  limitEndsAt: number | null;
  readonly startedAt: number;
}

export function createKept(setting: Setting): Kept {
  const { sessionId } = setting;
  return {
    setting,
    sessionId,
    transcript: transcriptOf(setting, sessionId),
    promptId: null,
    answers: 0,
    spentUsd: 0,
    limitEndsAt: null,
    startedAt: Date.now(),
  };
}

function transcriptOf({ configDir, cwd }: Setting, sessionId: string): Transcript {
  return openTranscript(transcriptPath(configDir, cwd, sessionId), { sessionId, cwd });
}

/** The same process goes on under another conversation. */
export function startAnew(record: Kept): void {
  record.sessionId = randomUUID();
  record.transcript = transcriptOf(record.setting, record.sessionId);
  record.answers = 0;
}

/** The fields that every report has. */
export function commonFields({ setting, sessionId, transcript, promptId }: Kept): Json {
  return {
    session_id: sessionId,
    transcript_path: transcript.path,
    cwd: setting.cwd,
    ...(promptId === null ? {} : { prompt_id: promptId }),
  };
}

/** The environment of hooks and tools: Claude's own, and what Claude adds to it. */
export function childEnv({ setting, sessionId }: Kept): Record<string, string> {
  return {
    ...setting.env,
    CLAUDE_PROJECT_DIR: setting.cwd,
    CLAUDE_CODE_SESSION_ID: sessionId,
    CLAUDECODE: '1',
    CLAUDE_CODE_CHILD_SESSION: '1',
    CLAUDE_CODE_ENTRYPOINT: 'cli',
    CLAUDE_EFFORT: setting.effort,
  };
}

/** Events that carry neither permission mode nor effort; StopFailure has the effort. */
const BARE = /^(Session|Notification|Task)/;

/** Reports an event to its hooks and waits for them; `print` gets the words for hooks that failed. */
export async function fire(
  record: Kept,
  print: (text: string) => void,
  event: string,
  fields: Json,
  signal?: AbortSignal,
): Promise<HookResult[]> {
  const { setting } = record;
  const bare = BARE.test(event);
  const payload = {
    ...commonFields(record),
    ...(bare || event === 'StopFailure' ? {} : { permission_mode: setting.permissionMode }),
    ...(bare || event === 'UserPromptSubmit' ? {} : { effort: { level: setting.effort } }),
    hook_event_name: event,
    ...fields,
  };
  const results = await runHooks(setting.settings, payload, childEnv(record), signal);
  for (const { exitCode, stderr } of results) {
    if (exitCode === 0 || exitCode === 2 || exitCode === null) continue;
    print(`  ${event} hook error${stderr === '' ? '' : `: ${stderr.trim()}`}`);
  }
  return results;
}

/** Keeps what came of a call of a tool; Claude writes it as the next words of the person. */
export function keepResult(record: Kept, id: string, content: string, isError: boolean): void {
  const result = { type: 'tool_result', content, is_error: isError, tool_use_id: id };
  record.transcript.append({ type: 'user', message: { role: 'user', content: [result] } });
}

/** Keeps an answer of the model; one that calls a tool counts as well. */
export function keepAnswer(record: Kept, content: Json[]): void {
  record.answers += 1;
  const usage = { input_tokens: 1_500, output_tokens: 400 };
  const message = { id: `msg_${randomUUID()}`, role: 'assistant', content, usage };
  record.transcript.append({ type: 'assistant', message });
}
