import { z } from 'zod';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Mergeability } from '#domain/pull-request/pull-request.ts';
import { toRefusal } from './failure.ts';
import type { Rest } from './request.ts';
import { classify, isFailure, parseResponse } from './response.ts';

/** Whether a pull request can be merged, and between which commits GitHub looked. */
export interface MergeAnswer {
  headCommit: string;
  baseCommit: string;
  /** Null while GitHub still has not computed it. */
  mergeable: Mergeability | null;
  /** GitHub's mergeStateStatus, lower case; null when unknown. */
  mergeState: string | null;
}

const BODY = z.object({
  mergeable: z.boolean().nullable(),
  mergeable_state: z.string(),
  head: z.object({ sha: z.string() }),
  base: z.object({ sha: z.string() }),
});

/**
 * Asks about one pull request in GitHub's older way, which starts the computation where the other
 * way goes on saying that it is not known.
 */
export async function readMergeability(
  rest: Rest,
  host: string,
  repository: string,
  number: number,
): Promise<MergeAnswer | Refusal> {
  const path = `repos/${repository}/pulls/${number}`;
  const result = await rest(host, [path, '-i']);
  if (isRefusal(result)) return result;
  const response = parseResponse(result.stdout);
  const parsed = response?.status === 200 ? BODY.safeParse(readJson(response.body)) : null;
  if (parsed?.success !== true) {
    const failure = classify(result, 0);
    return isFailure(failure)
      ? toRefusal(host, failure)
      : refuse(`${host} told of #${number} in an unknown form.`, undefined, 'environment');
  }
  const { mergeable, mergeable_state: state, head, base } = parsed.data;
  return {
    headCommit: head.sha,
    baseCommit: base.sha,
    mergeable: mergeable === null ? null : mergeable ? 'mergeable' : 'conflicting',
    mergeState: mergeable === null || state === 'unknown' ? null : state,
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Something in between has cut or replaced it; the form is checked by whoever called.
    return null;
  }
}
