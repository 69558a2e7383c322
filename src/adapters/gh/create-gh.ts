import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { createAnswers } from './answers.ts';
import { notLoggedIn } from './failure.ts';
import { createReadFeedback } from './feedback.ts';
import { findQuery, readFindAnswer } from './find-query.ts';
import type { Gh } from './gh.ts';
import { readJobLog } from './job-log.ts';
import { readMergeability } from './mergeability.ts';
import { markReady, merge, reopen } from './merging/merge.ts';
import { readMerge } from './merging/merge-query.ts';
import { openChildren, retarget } from './merging/retarget.ts';
import { inParts } from './parts.ts';
import { createPauses } from './pauses.ts';
import { createMayPush } from './permission.ts';
import { send } from './poll-query.ts';
import { createReadPullRequests } from './read-pull-requests.ts';
import { callGh, createAsk, createRest, type GhOptions } from './request.ts';
import { createSpending } from './spending.ts';
import { createWrite } from './write.ts';

/** First version with `gh auth token`. */
const OLDEST = [2, 17] as const;

/** Returns the adapter of the user's gh. Nothing runs before the first call. */
export function createGh(options: GhOptions): Gh {
  const now = options.now ?? Date.now;
  const pauses = createPauses(options);
  const spending = createSpending();
  const ask = createAsk(options, pauses, spending);
  const rest = createRest(options, pauses);
  const write = createWrite(ask, options);
  let version: string | null = null;

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
    takeUsage: (host) => ({ budget: spending.take(host), limit: pauses.take(host) }),
    readPullRequests: createReadPullRequests(ask, now),
    findPullRequests: (host, refs) =>
      inParts(host, refs, (part) => send(ask, host, findQuery(part)), readFindAnswer),
    readMergeability: (host, repository, number) =>
      readMergeability(rest, host, repository, number),
    readJobLog: (host, repository, job) => readJobLog(rest, host, repository, job),
    openChildren: (host, repository, branch) => openChildren(ask, host, repository, branch),
    retarget: (host, nodeId, base) => retarget(write, host, nodeId, base),
    readMerge: (host, ref) => readMerge(ask, host, ref),
    merge: (host, way, request) => merge(write, host, way, request),
    markReady: (host, nodeId) => markReady(write, host, nodeId),
    reopen: (host, nodeId) => reopen(write, host, nodeId),
    readFeedback: createReadFeedback(ask, now),
    mayPush: createMayPush(rest, options),
    ...createAnswers(ask, write),
  };
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
