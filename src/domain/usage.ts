/** What a task or an attempt cost so far. null is unknown, never 0. */
export interface Usage {
  inputTokens: number | null;
  outputTokens: number | null;
  costUsd: number | null;
  /** Milliseconds in which Claude worked, without those in which it waited for somebody; of a turn that still runs nothing is counted yet. */
  workedMs: number | null;
}

export const ATTEMPT_PURPOSES = ['work', 'fix', 'review', 'criteria'] as const;
export type AttemptPurpose = (typeof ATTEMPT_PURPOSES)[number];

/** One run of an agent for a task. */
export interface Attempt extends Usage {
  id: number;
  taskId: number;
  sessionId: string;
  purpose: AttemptPurpose;
  claudeSessionId: string;
  startedAt: string;
  endedAt: string | null;
  outcome: string | null;
  /** The model that ran; null when it is not known. */
  model: string | null;
  /** Why it failed, by the table of domain/attempt/; null when it did not. */
  errorCode: string | null;
  /** Whether it counts as one of the task's attempts: limits and a broken environment do not. */
  charged: boolean;
  /** The status line's last own total: it is no running sum over restarts, so increases are added up from here. */
  costSeenUsd: number | null;
}

/** A window of the account's limits, as a status line last told it. */
export interface Limit {
  /** `five_hour`, `seven_day`, or what else Claude names. */
  window: string;
  usedPercent: number;
  /** Milliseconds since 1970; null when it did not say. */
  resetsAt: number | null;
  readAt: number;
}

/** What a status line's JSON says that claustre keeps; every field is checked here. */
export interface StatusReport {
  claudeSessionId: string | null;
  transcriptPath: string | null;
  model: string | null;
  contextPercent: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  costUsd: number | null;
  limits: Omit<Limit, 'readAt'>[];
}

type Json = Record<string, unknown>;

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function amount(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Reads the JSON that Claude gives its status line; what is missing or of a wrong type is null. */
export function readStatusReport(payload: unknown): StatusReport {
  const json = record(payload);
  const context = record(json.context_window);
  const model = record(json.model);
  return {
    claudeSessionId: text(json.session_id),
    transcriptPath: text(json.transcript_path),
    model: text(model.id) ?? text(model.display_name),
    contextPercent: amount(context.used_percentage),
    inputTokens: amount(context.total_input_tokens),
    outputTokens: amount(context.total_output_tokens),
    costUsd: amount(record(json.cost).total_cost_usd),
    limits: Object.entries(record(json.rate_limits)).flatMap(([window, value]) => {
      const usedPercent = amount(record(value).used_percentage);
      const resets = amount(record(value).resets_at);
      if (usedPercent === null) return [];
      return [{ window, usedPercent, resetsAt: resets === null ? null : resets * 1000 }];
    }),
  };
}

/**
 * Adds a reading of Claude's own total to ours. Its total goes on, starts again at 0 after a restart, or drops at /clear: an increase is
 * added, a drop starts a new base.
 */
export function addCost(
  known: { costUsd: number | null; costSeenUsd: number | null },
  seen: number,
): { costUsd: number; costSeenUsd: number } {
  const before = known.costSeenUsd ?? 0;
  const increase = seen >= before ? seen - before : seen;
  return { costUsd: (known.costUsd ?? 0) + increase, costSeenUsd: seen };
}
