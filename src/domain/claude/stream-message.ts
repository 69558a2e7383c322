import { type Json, list, oneLine, record, text } from './payload.ts';
import { type PrintResult, readPrintResult } from './print-result.ts';
import { toolWords } from './tool-call.ts';

/** A piece of what Claude says while it prints (`--output-format stream-json`). Texts are as Claude wrote them, steering characters included. */
export type StreamPiece =
  | { kind: 'says'; text: string }
  | { kind: 'uses'; text: string }
  | { kind: 'got'; text: string; failed: boolean }
  | { kind: 'retries'; text: string }
  | { kind: 'result'; result: PrintResult };

/** What one line says, in its order; nothing for a line that is not understood: the format is Claude's own and grows. */
export function readStreamLine(line: string): StreamPiece[] {
  const json = parsed(line);
  switch (json.type) {
    case 'assistant':
      return contentOf(json).flatMap(saidOrUsed);
    case 'user':
      return contentOf(json).flatMap(gotBack);
    case 'system':
      return json.subtype === 'api_retry' ? [retry(json)] : [];
    case 'result': {
      const result = readPrintResult(json);
      return result === null ? [] : [{ kind: 'result', result }];
    }
    default:
      return [];
  }
}

function parsed(line: string): Json {
  try {
    return record(JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function contentOf(json: Json): Json[] {
  return list(record(json.message).content).map(record);
}

function saidOrUsed(part: Json): StreamPiece[] {
  if (part.type === 'tool_use') {
    return [{ kind: 'uses', text: toolWords(text(part, 'name') ?? 'a tool', part.input) }];
  }
  const said = part.type === 'text' ? text(part, 'text') : null;
  return said === null ? [] : [{ kind: 'says', text: said }];
}

function gotBack(part: Json): StreamPiece[] {
  if (part.type !== 'tool_result') return [];
  const { content } = part;
  const texts =
    typeof content === 'string'
      ? [content]
      : list(content).map((each) => text(record(each), 'text'));
  const got = texts.filter((each) => each !== null).join('\n');
  return [{ kind: 'got', text: got, failed: part.is_error === true }];
}

function retry(json: Json): StreamPiece {
  const number = (key: string): string =>
    typeof json[key] === 'number' ? String(json[key]) : 'unknown';
  const delay = typeof json.retry_delay_ms === 'number' ? json.retry_delay_ms : null;
  const when = delay === null ? '' : ` in ${Math.round(delay / 1000)} s`;
  const why = oneLine(text(json, 'error') ?? 'the service failed', 80);
  return {
    kind: 'retries',
    text: `try ${number('attempt')} of ${number('max_retries')}${when}: ${why}`,
  };
}
