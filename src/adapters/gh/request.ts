import type { CommandResult, RunCommand } from '#adapters/command.ts';
import { ClaustreError, isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Pauses } from './pauses.ts';
import { type Answer, classify, type Failure, isFailure } from './response.ts';
import type { Spending } from './spending.ts';

/**
 * gh itself waits for ever for a silent server; GitHub gives up on its own side after ten seconds.
 * Twenty pull requests with a hundred checks each are below 1 MiB.
 */
const LIMITS = { timeoutMs: 20_000, maxOutputBytes: 16 * 1024 * 1024 };
/** What did not answer in its time is not asked again in the older way for so long. */
const SILENCE_MS = 30_000;

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
  /** Until when a host wants no request, whichever process of claustre has met that. */
  pauseOf?: (host: string) => { until: number; reason: string } | null;
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

/**
 * Returns the one way to GitHub's GraphQL. While a host wants no request it is not asked: going on
 * while limited makes it worse. The requests to one host are strictly one after another, as GitHub
 * wants it; a host that does not answer holds up no other.
 */
export function createAsk(options: GhOptions, pauses: Pauses, spending: Spending): Ask {
  const now = options.now ?? Date.now;

  let asked = 0;
  /** Hosts that did not answer: whoever waited for that question gets no answer either, instead of waiting as long again. */
  const silent = new Map<string, { upTo: number; refusal: Refusal }>();

  const once = async (
    count: number,
    host: string,
    query: string,
    variables: Readonly<Record<string, unknown>>,
  ): ReturnType<Ask> => {
    const pause = pauses.of(host);
    if (pause !== null) return pause;
    const silence = silent.get(host);
    if (silence !== undefined && count <= silence.upTo) return silence.refusal;
    // Servers of a company show what a merge would do only under this preview.
    const preview =
      host === 'github.com' ? [] : ['-H', 'Accept: application/vnd.github.merge-info-preview+json'];
    const args = ['api', 'graphql', '--hostname', host, '-i', ...preview, '--input', '-'];
    const result = await callGh(options, args, JSON.stringify({ query, variables }));
    if (isRefusal(result)) {
      if (result.code === 'timeout') silent.set(host, { upTo: asked, refusal: result });
      return result;
    }
    const answer = classify(result, now());
    if (isFailure(answer)) return pauses.begin(host, answer) ?? answer;
    pauses.end(host);
    spending.note(host, answer);
    return answer;
  };
  const inLine = inTurn<[number, ...Parameters<Ask>], Awaited<ReturnType<Ask>>>(
    (_, host) => host,
    once,
  );
  return (host, query, variables) => {
    asked += 1;
    return inLine(asked, host, query, variables);
  };
}

/** Calls of one key strictly one after another, in the order in which they came; others beside them. */
export function inTurn<Args extends unknown[], Result>(
  keyOf: (...args: Args) => string,
  call: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  const last = new Map<string, Promise<unknown>>();
  return (...args) => {
    const key = keyOf(...args).toLowerCase();
    const before = last.get(key) ?? Promise.resolve();
    const next = before.then(() => call(...args));
    last.set(
      key,
      next.catch(() => undefined),
    );
    return next;
  };
}

/** A question to GitHub's older interface, by the words after `gh api`. */
export type Rest = (
  host: string,
  args: readonly string[],
  limits?: { timeoutMs: number; maxOutputBytes: number },
) => Promise<CommandResult | Refusal>;

/** Returns the one way to GitHub's older interface: the pauses of a host are for it, too. */
export function createRest(options: GhOptions, pauses: Pauses): Rest {
  const now = options.now ?? Date.now;
  /** Hosts that said nothing at all, and until when they are left alone: a list of questions must not wait for each of them. */
  const silent = new Map<string, { until: number; refusal: Refusal }>();
  return async (host, args, limits) => {
    const pause = pauses.of(host);
    if (pause !== null) return pause;
    const silence = silent.get(host);
    if (silence !== undefined && now() < silence.until) return silence.refusal;
    const result = await callGh(options, ['api', '--hostname', host, ...args], undefined, limits);
    if (isRefusal(result)) {
      if (result.code === 'timeout')
        silent.set(host, { until: now() + SILENCE_MS, refusal: result });
      return result;
    }
    if (result.exitCode === 0) return result;
    return pauses.begin(host, classify(result, now())) ?? result;
  };
}
