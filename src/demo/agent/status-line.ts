import { spawn } from 'node:child_process';
import { endGroup } from './hooks.ts';

type Json = Record<string, unknown>;

/** Claude shows the status line this long after an answer. */
const AFTER_MS = 300;

export interface StatusLine {
  /** Runs the command soon; one that is still running or waiting is given up. */
  due(): void;
  stop(): void;
}

/** Runs the status line's command through a shell; `show` gets what it printed. `payload` returns null while a dialog is open. */
export function createStatusLine(
  command: string | null,
  env: Readonly<Record<string, string>>,
  payload: () => Json | null,
  show: (text: string) => void,
): StatusLine {
  let timer: NodeJS.Timeout | undefined;
  let running: number | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    if (running !== undefined) endGroup(running);
    running = undefined;
  };
  const run = (): void => {
    const input = payload();
    if (command === null || input === null) return;
    const child = spawn('/bin/sh', ['-c', command], {
      env,
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    running = child.pid;
    let text = '';
    child.stdout.on('data', (data) => {
      text += data;
    });
    child.on('error', () => undefined);
    child.on('close', (code) => {
      if (running !== child.pid) return;
      running = undefined;
      if (code === 0) show(text.trim());
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify(input));
  };
  return {
    due() {
      stop();
      timer = setTimeout(run, AFTER_MS);
    },
    stop,
  };
}

/** What stands on a status line's standard input. Claude's cost is its own estimate for this run of the process. */
export function statusPayload(about: {
  common: Json;
  cwd: string;
  model: string;
  version: string;
  answers: number;
  spentUsd: number;
  limitEndsAt: number | null;
  startedAt: number;
}): Json {
  const { common, cwd, model, version, answers, spentUsd, limitEndsAt, startedAt } = about;
  const input = 12_000 + 1_500 * answers;
  const output = 400 * answers;
  return {
    ...common,
    session_name: 'stand-in',
    model: { id: model, display_name: model },
    workspace: { current_dir: cwd, project_dir: cwd, added_dirs: [] },
    version,
    output_style: { name: 'default' },
    cost: {
      total_cost_usd: Number((answers * 0.021 + spentUsd).toFixed(6)),
      total_duration_ms: Date.now() - startedAt,
      total_api_duration_ms: answers * 40,
      total_lines_added: 0,
      total_lines_removed: 0,
    },
    context_window: {
      total_input_tokens: answers === 0 ? 0 : input,
      total_output_tokens: output,
      context_window_size: 200_000,
      current_usage:
        answers === 0
          ? null
          : {
              input_tokens: input,
              output_tokens: 400,
              cache_creation_input_tokens: 0,
              cache_read_input_tokens: 0,
            },
      used_percentage: answers === 0 ? null : Math.round(input / 2_000),
      remaining_percentage: answers === 0 ? null : 100 - Math.round(input / 2_000),
    },
    exceeds_200k_tokens: false,
    fast_mode: false,
    thinking: { enabled: true },
    rate_limits: limits(answers, startedAt, limitEndsAt),
  };
}

/** The windows of an account with a subscription: they fill while it works. Claude tells the end of a window in seconds since 1970. */
function limits(answers: number, startedAt: number, endsAt: number | null): Json {
  const at = (hours: number): number => Math.ceil(startedAt / 3_600_000 + hours) * 3_600;
  const reached = endsAt !== null && endsAt > Date.now();
  return {
    five_hour: reached
      ? { used_percentage: 100, resets_at: Math.ceil(endsAt / 1_000) }
      : { used_percentage: Math.min(100, 38 + answers), resets_at: at(2) },
    seven_day: { used_percentage: Math.min(100, 21 + answers / 4), resets_at: at(76) },
  };
}
