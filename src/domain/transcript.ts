import { type Json, record } from '#domain/claude/payload.ts';
import { toolWords } from '#domain/claude/tool-call.ts';
import type { Doing } from './progress.ts';

/** An answer whose tokens were added up: it stands on several lines, one for each piece of it, and each repeats the usage. */
export interface CountedAnswer {
  id: string;
  input: number;
  output: number;
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
    } else if (type === 'user' && isPrompt(message)) reading.doing = null;
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
  reading.input += more.input;
  reading.output += more.output;
  const counted = {
    id,
    input: (known?.input ?? 0) + more.input,
    output: (known?.output ?? 0) + more.output,
  };
  reading.recent = [...reading.recent.filter((each) => each.id !== id), counted];
}

function lastToolCall({ content }: Json, folder: string): string | null {
  const blocks = Array.isArray(content) ? content.map(record) : [];
  const call = blocks.findLast(({ type, name }) => type === 'tool_use' && typeof name === 'string');
  if (call === undefined) return null;
  return toolWords(String(call.name), call.input).replaceAll(`${folder}/`, '');
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
