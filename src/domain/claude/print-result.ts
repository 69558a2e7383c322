import { list, oneLine, record, text } from './payload.ts';

/** What Claude Code says at the end of a run that printed one JSON object. null is unknown. */
export interface PrintResult {
  /** Of its conversation. */
  claudeSessionId: string | null;
  /** The object that it was asked for, else its last words. */
  output: unknown;
  /** Why it failed, in one line; null when it did not. */
  failed: string | null;
  /** It failed for a limit of the account. */
  limited: boolean;
  /** Tools that nobody could allow, each once. */
  denied: string[];
  costUsd: number | null;
  /** Everything that was sent, what came from the cache or went into it included. */
  inputTokens: number | null;
  outputTokens: number | null;
  durationMs: number | null;
}

function amount(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

/** Reads the object; null when it is none of a result. `is_error` tells the truth, `subtype` does not. */
export function readPrintResult(json: unknown): PrintResult | null {
  const result = record(json);
  if (result.type !== 'result') return null;
  const words = typeof result.result === 'string' ? result.result : '';
  const usage = record(result.usage);
  const sent = [
    usage.input_tokens,
    usage.cache_creation_input_tokens,
    usage.cache_read_input_tokens,
  ].map(amount);
  return {
    claudeSessionId: text(result, 'session_id'),
    output: result.structured_output ?? words,
    failed: result.is_error === true ? whyFailed(result, words) : null,
    limited: result.is_error === true && (result.api_error_status === 429 || LIMIT.test(words)),
    denied: [...new Set(list(result.permission_denials).map(toolOf))],
    costUsd: amount(result.total_cost_usd),
    inputTokens: sent[0] === null ? null : sent.reduce<number>((sum, each) => sum + (each ?? 0), 0),
    outputTokens: amount(usage.output_tokens),
    durationMs: amount(result.duration_ms),
  };
}

const LIMIT = /\blimit\b.*\bresets\b/i;

function whyFailed(result: Record<string, unknown>, words: string): string {
  const errors = list(result.errors).filter((each) => typeof each === 'string');
  return oneLine(words || errors.join(' ') || String(result.subtype ?? 'no reason'));
}

function toolOf(denial: unknown): string {
  const { tool_name: name } = record(denial);
  return typeof name === 'string' ? oneLine(name, 60) : 'a tool';
}
