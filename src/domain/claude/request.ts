import { type Activity, type HookMeaning, isAsking } from '#domain/activity.ts';
import { alwaysWords } from './always.ts';
import type { Answer } from './answer.ts';
import { type Json, list, record, text } from './payload.ts';
import { type ToolCall, toolCall } from './tool-call.ts';

export const REQUEST_KINDS = ['permission', 'question', 'plan'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

export interface Question {
  question: string;
  options: { label: string; description: string }[];
  multiSelect: boolean;
}

/** What Claude asks of a person, from the payload of its PermissionRequest hook. */
export interface Asked extends ToolCall {
  kind: RequestKind;
  /** All of it for people, in lines: the command, the file and its change, the plan. Cut at some thousand characters. */
  body: string;
  /** Empty unless it is a question. */
  questions: Question[];
  /** Requests with the same key ask for the same; null when it is too long to tell. */
  sameAs: string | null;
  /** What a yes for the whole session would allow besides, in words; null when Claude offers nothing. */
  always: string | null;
}

/** How a request ended: answered here, the tool was used (answered in the pane), or the session has moved on. */
export type RequestEnd = 'answered' | 'went_on' | 'over';

/** Something that Claude waits for a person's answer to. Times are in milliseconds since 1970. */
export interface Request extends Asked {
  id: string;
  sessionId: string;
  taskId: number;
  askedAt: number;
  /** Process id of the hook that waits for the answer; null when none does, and only Claude's own dialog can be answered. */
  waiter: number | null;
  /** Given, but not taken by the hook yet. */
  answer: Answer | null;
  closedAt: number | null;
  closedBy: RequestEnd | null;
}

/** Claude waits this long for the hook that asks a person: a day, after which only its own dialog is left. */
export const ANSWER_TIMEOUT_SECS = 24 * 60 * 60;

const MAX_BODY = 32_000;
const MAX_KEY = 4_000;
const MAX_QUESTIONS = 8;
const MAX_OPTIONS = 12;
const MAX_LABEL = 2_000;

/** Reads the payload of a PermissionRequest; what is missing or of a wrong type is left out. */
export function readAsked(json: Json): Asked {
  const call = toolCall(json);
  const input = record(json.tool_input);
  const kind = kindOf(call.tool);
  const { description: _, ...means } = input;
  const key = `${call.tool} ${JSON.stringify(kind === 'permission' ? means : input)}`;
  return {
    ...call,
    kind,
    body: bodyOf(kind, input).slice(0, MAX_BODY),
    questions: kind === 'question' ? readQuestions(input) : [],
    sameAs: key.length > MAX_KEY ? null : key,
    always: kind === 'permission' ? alwaysWords(json) : null,
  };
}

function kindOf(tool: string): RequestKind {
  if (tool === 'AskUserQuestion') return 'question';
  return tool === 'ExitPlanMode' ? 'plan' : 'permission';
}

function readQuestions(input: Json): Question[] {
  return list(input.questions)
    .slice(0, MAX_QUESTIONS)
    .map((each) => {
      const question = record(each);
      return {
        question: (text(question, 'question') ?? '').slice(0, MAX_LABEL),
        options: list(question.options)
          .slice(0, MAX_OPTIONS)
          .map((option) => ({
            label: (text(record(option), 'label') ?? '').slice(0, MAX_LABEL),
            description: (text(record(option), 'description') ?? '').slice(0, MAX_LABEL),
          })),
        multiSelect: question.multiSelect === true,
      };
    });
}

/** What is asked, for people: a change of a file as its old lines and its new ones, what is not known as its JSON. */
function bodyOf(kind: RequestKind, input: Json): string {
  if (kind === 'plan') return text(input, 'plan') ?? '';
  if (kind === 'question') return '';
  const { command, file_path, url, content, old_string, new_string, description, ...rest } = input;
  const lines = [command, file_path, url].filter((each) => typeof each === 'string');
  if (typeof description === 'string' && description !== '') lines.push('', description);
  if (typeof content === 'string') lines.push('', signed('+', content));
  if (typeof old_string === 'string' && old_string !== '') lines.push('', signed('-', old_string));
  if (typeof new_string === 'string' && new_string !== '') lines.push(signed('+', new_string));
  if (Object.keys(rest).length > 0) lines.push('', JSON.stringify(rest, null, 2));
  return lines.join('\n').replace(/^\n+/, '');
}

function signed(sign: string, lines: string): string {
  return lines.replace(/^/gm, `${sign} `);
}

/** The open requests that an event ends, each with how. `at` is the moment of the event. */
export function endedBy(
  open: readonly Request[],
  event: { meaning: HookMeaning | null; call: ToolCall | null },
  at: number,
): { request: Request; by: RequestEnd }[] {
  const before = open.filter((request) => request.askedAt <= at);
  const all = (some: readonly Request[], by: RequestEnd) =>
    some.map((request) => ({ request, by }));
  const { call } = event;
  switch (event.meaning) {
    case 'went_on':
      // Tools run side by side, in subagents too: one that was used answers only what was asked for it.
      return all(
        before.filter(
          ({ agent, tool, detail }) =>
            agent === call?.agent && tool === call.tool && detail === call.detail,
        ),
        'went_on',
      );
    case 'prompted':
    case 'turn_ended':
    case 'turn_ended_behind':
    case 'awaits':
    case 'limited':
    case 'failed':
      // A subagent in the background goes on asking when the turn is over.
      return all(
        before.filter(({ agent }) => agent === null),
        'over',
      );
    case 'started':
    case 'cleared':
    case 'ended':
      return all(before, 'over');
    default:
      return [];
  }
}

/** The activity of a session of which some requests are still open: it asks the oldest of them, whatever else it does. */
export function stillAsks(activity: Activity, open: readonly Request[]): Activity {
  const [oldest] = open;
  if (oldest === undefined || isAsking(activity.name)) return activity;
  return { name: oldest.kind, source: 'hook', since: oldest.askedAt, detail: oldest.detail };
}
