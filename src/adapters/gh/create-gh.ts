import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { needsRequired } from '#domain/pull-request/checks.ts';
import { addBudgets } from '#domain/pull-request/host.ts';
import type { PullRequestReading } from '#domain/pull-request/reading.ts';
import { createBatchSize } from './batch-size.ts';
import { notLoggedIn, toRefusal } from './failure.ts';
import { createReadFeedback } from './feedback.ts';
import { findQuery, readFindAnswer } from './find-query.ts';
import type { Gh, Readings } from './gh.ts';
import { readJobLog } from './job-log.ts';
import { markReady, merge, reopen } from './merge.ts';
import { readMerge } from './merge-query.ts';
import { readMergeability } from './mergeability.ts';
import { createMayPush } from './permission.ts';
import { pollQuery, type Query, readPollAnswer } from './poll-query.ts';
import { DROPPABLE, type Draft } from './reading.ts';
import { type Ask, callGh, createAsk, type GhOptions } from './request.ts';
import { readRequiredAnswer, requiredQuery } from './required-query.ts';
import { type Answer, type Failure, isFailure } from './response.ts';
import { openChildren, retarget } from './retarget.ts';
import { createRulesAge } from './rules-age.ts';
import { createUnknownFields } from './unknown-fields.ts';
import { createWrite } from './write.ts';

/** First version with `gh auth token`. */
const OLDEST = [2, 17] as const;

/** Returns the adapter of the user's gh. Nothing runs before the first call. */
export function createGh(options: GhOptions): Gh {
  const now = options.now ?? Date.now;
  const ask = createAsk(options);
  const unknownFields = createUnknownFields(now);
  const write = createWrite(ask, options);
  const batch = createBatchSize();
  const rules = createRulesAge(now);
  let version: string | null = null;

  const poll = async (host: string, build: (without: ReadonlySet<string>) => Query) => {
    for (;;) {
      const without = unknownFields.without(host);
      const answer = await send(ask, host, build(without));
      const field = missingField(answer);
      if (field === null || without.has(field)) return answer;
      unknownFields.add(host, field);
    }
  };

  /** Asks which checks are required where it matters and is not known. */
  const judge = async (
    host: string,
    drafts: Readings<Draft>,
  ): Promise<Readings<PullRequestReading>> => {
    const { failed, budget, login = null } = drafts;
    const found = new Map([...drafts.found].map(([key, { reading }]) => [key, reading]));
    const open = [...found].filter(([, { nodeId, checkRuns }]) => rules.isDue(nodeId, checkRuns));
    const refs = open.map(([key, { nodeId }]) => ({ key, nodeId }));
    const required = await inParts(
      host,
      refs,
      (part) => send(ask, host, requiredQuery(part)),
      readRequiredAnswer,
    );
    for (const [key, reading] of open) {
      const answer = isRefusal(required) ? undefined : required.found.get(key);
      const judged = answer === undefined ? undefined : drafts.found.get(key)?.judged(answer);
      if (judged !== undefined) rules.asked(reading.nodeId);
      // Without an answer the failure may be one that nobody minds: nothing is said of the checks.
      else if (!needsRequired(reading.checkRuns)) continue;
      found.set(key, judged ?? { ...reading, checks: null, checksNote: null });
    }
    const spent = isRefusal(required) ? null : required.budget;
    return { found, failed, budget: addBudgets(budget, spent), login };
  };

  return {
    async version() {
      if (version !== null) return version;
      const found = await readVersion(options);
      if (!isRefusal(found)) version = found;
      return found;
    },
    async isLoggedIn(host) {
      const result = await callGh(options, ['auth', 'token', '--hostname', host]);
      if (isRefusal(result)) return result;
      return result.exitCode === 0 && result.stdout.trim() !== '' ? true : notLoggedIn(host);
    },
    async readPullRequests(host, refs) {
      const drafts = await inBatches(refs, batch.of(host), (part) =>
        inParts(
          host,
          part,
          async (asked) => {
            const answer = await poll(host, (without) => pollQuery(asked, without));
            if (isTooBig(answer)) batch.tooMany(host, asked.length);
            else if (!isRefusal(answer) && !isFailure(answer)) batch.answered(host);
            return answer;
          },
          (asked, answer) => readPollAnswer(asked, answer, now()),
        ),
      );
      return isRefusal(drafts) ? drafts : await judge(host, drafts);
    },
    findPullRequests: (host, refs) =>
      inParts(host, refs, (part) => send(ask, host, findQuery(part)), readFindAnswer),
    readMergeability: (host, repository, number) =>
      readMergeability(options, host, repository, number),
    readJobLog: (host, repository, job) => readJobLog(options, host, repository, job),
    openChildren: (host, repository, branch) => openChildren(ask, host, repository, branch),
    retarget: (host, nodeId, base) => retarget(write, host, nodeId, base),
    readMerge: (host, ref) => readMerge(ask, host, ref),
    merge: (host, way, request) => merge(write, host, way, request),
    markReady: (host, nodeId) => markReady(write, host, nodeId),
    reopen: (host, nodeId) => reopen(write, host, nodeId),
    readFeedback: createReadFeedback(ask, now),
    mayPush: createMayPush(options),
  };
}

function send(ask: Ask, host: string, { query, variables }: Query): ReturnType<Ask> {
  return ask(host, query, variables);
}

/**
 * The field that a server lacks and that we can do without; null when that is not what happened.
 */
function missingField(answer: Answer | Failure | Refusal): string | null {
  if (isRefusal(answer) || !isFailure(answer) || answer.kind !== 'missing_field') return null;
  return DROPPABLE.find((field) => field === answer.field) ?? null;
}

function isTooBig(answer: Answer | Failure | Refusal): boolean {
  return !isRefusal(answer) && isFailure(answer) && answer.kind === 'too_big';
}

/** Asks for so many at a time, one after another; what a later batch leaves open stays without an entry. */
async function inBatches<R, T>(
  refs: readonly R[],
  size: number,
  askFor: (batch: readonly R[]) => Promise<Readings<T> | Refusal>,
): Promise<Readings<T> | Refusal> {
  const first = await askFor(refs.slice(0, size));
  if (isRefusal(first) || refs.length <= size) return first;
  const rest = await inBatches(refs.slice(size), size, askFor);
  return isRefusal(rest) ? first : both(first, rest);
}

function both<T>(first: Readings<T>, second: Readings<T>): Readings<T> {
  return {
    found: new Map([...first.found, ...second.found]),
    failed: new Map([...first.failed, ...second.failed]),
    budget: addBudgets(first.budget, second.budget),
    login: second.login ?? first.login ?? null,
  };
}

/**
 * Asks for all at once, and in halves where that is too much work for the server: the same request
 * again would fail again. When not even the first half is answered it gives up; what a later part
 * leaves open stays without an entry.
 */
async function inParts<R, T>(
  host: string,
  refs: readonly R[],
  askFor: (part: readonly R[]) => ReturnType<Ask>,
  read: (part: readonly R[], answer: Answer) => Readings<T>,
): Promise<Readings<T> | Refusal> {
  if (refs.length === 0) return { found: new Map(), failed: new Map(), budget: null };
  const answer = await askFor(refs);
  if (isRefusal(answer)) return answer;
  if (!isFailure(answer)) return read(refs, answer);
  if (answer.kind !== 'too_big' || refs.length === 1) return toRefusal(host, answer);
  const middle = Math.ceil(refs.length / 2);
  const first = await inParts(host, refs.slice(0, middle), askFor, read);
  if (isRefusal(first)) return first;
  const second = await inParts(host, refs.slice(middle), askFor, read);
  return isRefusal(second) ? first : both(first, second);
}

async function readVersion(options: GhOptions): Promise<string | Refusal> {
  const result = await callGh(options, ['--version']);
  if (isRefusal(result)) return result;
  const found = /^gh version (\d+)\.(\d+)\.(\d+)/m.exec(result.stdout);
  if (found === null) {
    return refuse('The program "gh" in PATH is not the GitHub CLI.', undefined, 'environment');
  }
  const [, major = '0', minor = '0', patch = '0'] = found;
  const version = `${major}.${minor}.${patch}`;
  const old =
    Number(major) < OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) < OLDEST[1]);
  if (!old) return version;
  return refuse(
    `gh ${version} is too old.`,
    `Install gh ${OLDEST.join('.')} or newer.`,
    'environment',
  );
}
