import { type Json, record } from '#domain/claude/payload.ts';
import { toolWords } from '#domain/claude/tool-call.ts';
import type { Doing } from './progress.ts';

/** An answer whose tokens were added up: it stands on several lines, one for each piece of it, and each repeats the usage. */
export interface CountedAnswer {
  id: string;
  input: number;
  output: number;
  /** Output and new input; absent where it was counted before these were told apart. */
  fresh?: number;
}

/** The newest tool call, and how often it came with the same input without another one between. */
export interface Repetition {
  /** Tells one call from another. */
  key: string;
  /** In words. */
  text: string;
  times: number;
  /** When it came last, in milliseconds since 1970. */
  at: number;
}

/** What was read of a conversation so far. */
export interface TranscriptReading {
  /** Everything that was sent, what came from the cache or went into it included. */
  input: number;
  output: number;
  /** The newest answers, oldest first: their remaining lines may still come. */
  recent: CountedAnswer[];
  /** The newest tool call since the last prompt; undefined when these lines say nothing about it. */
  doing: Doing | null | undefined;
  /** Output and new input, without what came from the cache; of a conversation that was prompted meanwhile since the last prompt. */
  fresh: number;
  /** Whether somebody prompted it. */
  prompted: boolean;
  /** null when no tool was called since the last prompt. */
  repeated: Repetition | null;
}

/** Lines of an answer stand close together; between them stand the results of its tools at most. */
const RECENT = 16;

function amount(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : 0;
}

/**
 * Adds what these lines of a transcript say to what was read before; `before` is not changed. Each line is a parsed JSON value; what is not
 * understood says nothing, since the format is Claude's own and changes. `folder` is left out of the paths of files in it.
 */
export function readTranscriptLines(
  before: TranscriptReading,
  lines: readonly unknown[],
  folder: string,
): TranscriptReading {
  const reading = { ...before, recent: [...before.recent] };
  for (const line of lines) {
    const { type, isSidechain, timestamp, ...json } = record(line);
    const message = record(json.message);
    if (type === 'assistant') count(reading, message);
    // The lines of a subagent that stand in the file of its conversation say nothing of what the conversation itself does.
    if (isSidechain === true) continue;
    const at = Date.parse(typeof timestamp === 'string' ? timestamp : '');
    if (type === 'assistant') {
      const text = lastToolCall(message, folder);
      if (text !== null && !Number.isNaN(at)) reading.doing = { text, since: at };
      reading.repeated = repeat(reading.repeated, message, folder, at);
    } else if (type === 'user' && isPrompt(message)) {
      Object.assign(reading, { doing: null, fresh: 0, prompted: true, repeated: null });
    }
  }
  reading.recent = reading.recent.slice(-RECENT);
  return reading;
}

/** Counts an answer once. The usage of its first lines may be that of its beginning: what a later line has more is added. */
function count(reading: TranscriptReading, message: Json): void {
  const { id } = message;
  if (typeof id !== 'string' || id === '') return;
  const usage = record(message.usage);
  const input =
    amount(usage.input_tokens) +
    amount(usage.cache_creation_input_tokens) +
    amount(usage.cache_read_input_tokens);
  const output = amount(usage.output_tokens);
  const known = reading.recent.find((each) => each.id === id);
  const more = {
    input: Math.max(0, input - (known?.input ?? 0)),
    output: Math.max(0, output - (known?.output ?? 0)),
  };
  const fresh = amount(usage.input_tokens) + amount(usage.cache_creation_input_tokens) + output;
  const counted = known === undefined ? 0 : (known.fresh ?? fresh);
  reading.fresh += Math.max(0, fresh - counted);
  reading.input += more.input;
  reading.output += more.output;
  const answer = {
    id,
    input: (known?.input ?? 0) + more.input,
    output: (known?.output ?? 0) + more.output,
    fresh: Math.max(fresh, counted),
  };
  reading.recent = [...reading.recent.filter((each) => each.id !== id), answer];
}

function toolCalls({ content }: Json): { name: string; input: unknown }[] {
  const blocks = Array.isArray(content) ? content.map(record) : [];
  return blocks.flatMap(({ type, name, input }) =>
    type === 'tool_use' && typeof name === 'string' ? [{ name, input }] : [],
  );
}

function wordsOf({ name, input }: { name: string; input: unknown }, folder: string): string {
  return toolWords(name, input).replaceAll(`${folder}/`, '');
}

function lastToolCall(message: Json, folder: string): string | null {
  const call = toolCalls(message).at(-1);
  return call === undefined ? null : wordsOf(call, folder);
}

/** They ask again and again how something is that takes its time. */
const ASKS_AGAIN = new Set(['BashOutput', 'TaskOutput', 'AgentOutputTool']);

function repeat(
  before: Repetition | null,
  message: Json,
  folder: string,
  at: number,
): Repetition | null {
  let found = before;
  for (const call of toolCalls(message)) {
    if (ASKS_AGAIN.has(call.name)) continue;
    const key = keyOf(call);
    const times = found?.key === key ? found.times + 1 : 1;
    found = { key, text: wordsOf(call, folder), times, at: Number.isNaN(at) ? 0 : at };
  }
  return found;
}

/** A short text for any input: of two that differ it is the same as seldom as nobody will meet. */
function keyOf({ name, input }: { name: string; input: unknown }): string {
  const text = JSON.stringify(input ?? null);
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  }
  return `${name} ${text.length} ${hash}`;
}

/** What somebody said, unlike the result of a tool. */
function isPrompt({ content }: Json): boolean {
  if (typeof content === 'string') return true;
  return (
    Array.isArray(content) &&
    content.length > 0 &&
    content.every((block) => record(block).type !== 'tool_result')
  );
}
