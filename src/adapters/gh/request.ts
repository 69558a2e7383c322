import type { CommandResult, RunCommand } from '#adapters/command.ts';
import { ClaustreError, isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { toRefusal } from './failure.ts';
import { type Answer, classify, type Failure, isFailure } from './response.ts';

/**
 * gh itself waits for ever for a silent server; GitHub gives up on its own side after ten seconds.
 * Twenty pull requests with a hundred checks each are below 1 MiB.
 */
const LIMITS = { timeoutMs: 20_000, maxOutputBytes: 16 * 1024 * 1024 };
/**
 * First pause after a secondary limit that named none, and after a primary one. It doubles while
 * the limit goes on.
 */
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 60 * 60_000;

export interface GhOptions {
  run: RunCommand;
  /** The caller's environment: gh finds its login, proxies and folders in it. */
  env: Readonly<Record<string, string>>;
  /** Where gh runs: a directory that exists as long as claustre does. */
  cwd: string;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Waits between two changes. */
  sleep?: (ms: number) => Promise<void>;
}

/**
 * The environment of every gh call: no question, no colours and no debug output in what we parse,
 * and no repository or host but the one that we name.
 */
function ghEnvironment(env: Readonly<Record<string, string>>): Record<string, string> {
  const misleading = new Set([
    'CLICOLOR_FORCE',
    'GH_FORCE_TTY',
    'GH_DEBUG',
    'DEBUG',
    'GH_REPO',
    'GH_HOST',
  ]);
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !misleading.has(name))),
    GH_PROMPT_DISABLED: '1',
    GH_NO_UPDATE_NOTIFIER: '1',
    GH_PAGER: 'cat',
    NO_COLOR: '1',
  };
}

/** Runs gh; a gh that is missing or does not end is a refusal. */
export async function callGh(
  { run, env, cwd }: GhOptions,
  args: readonly string[],
  input?: string,
  limits: { timeoutMs: number; maxOutputBytes: number } = LIMITS,
): Promise<CommandResult | Refusal> {
  try {
    return await run('gh', args, {
      cwd,
      env: ghEnvironment(env),
      ...limits,
      ...(input === undefined ? {} : { input }),
    });
  } catch (error) {
    if (!(error instanceof ClaustreError)) throw error;
    if (error.code === 'timeout') {
      const seconds = limits.timeoutMs / 1000;
      return refuse(`gh got no answer within ${seconds} s.`, 'Check the network.', 'timeout');
    }
    const isMissing = /was not found/.test(error.message);
    const hint = isMissing ? 'Install gh 2.17 or newer and log in.' : error.hint;
    return refuse(error.message, hint, 'environment');
  }
}

/**
 * A GraphQL request: data (perhaps with errors about parts), how it failed, or why gh could not be
 * asked.
 */
export type Ask = (
  host: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
) => Promise<Answer | Failure | Refusal>;

interface Pause {
  until: number;
  ms: number;
  refusal: Refusal;
}

/**
 * Returns the one way to GitHub. After a limit the host is not asked again until its time is over:
 * going on while limited makes it worse. Requests are strictly one after another, as GitHub wants
 * it.
 */
export function createAsk(options: GhOptions): Ask {
  const now = options.now ?? Date.now;
  const pauses = new Map<string, Pause>();
  let before: Promise<unknown> = Promise.resolve();

  const once: Ask = async (host, query, variables) => {
    const pause = pauses.get(host);
    if (pause !== undefined && now() < pause.until) return pause.refusal;
    // Servers of a company show what a merge would do only under this preview.
    const preview =
      host === 'github.com' ? [] : ['-H', 'Accept: application/vnd.github.merge-info-preview+json'];
    const args = ['api', 'graphql', '--hostname', host, '-i', ...preview, '--input', '-'];
    const result = await callGh(options, args, JSON.stringify({ query, variables }));
    if (isRefusal(result)) return result;
    const answer = classify(result, now());
    if (!isFailure(answer)) {
      pauses.delete(host);
      return answer;
    }
    if (answer.kind !== 'primary_limit' && answer.kind !== 'secondary_limit') return answer;
    const ms = pause === undefined ? FIRST_PAUSE_MS : Math.min(pause.ms * 2, LONGEST_PAUSE_MS);
    const named = Math.max(answer.until ?? 0, now() + (answer.until === null ? ms : 1_000));
    // No limit lasts longer; one that seems to was measured with another clock.
    const until = Math.min(named, now() + LONGEST_PAUSE_MS);
    const refusal = toRefusal(host, { ...answer, until });
    pauses.set(host, { until, ms, refusal });
    return refusal;
  };

  return (host, query, variables) => {
    const next = before.then(() => once(host, query, variables));
    before = next.catch(() => undefined);
    return next;
  };
}
