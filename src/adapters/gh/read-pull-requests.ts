import { isRefusal, type Refusal } from '#domain/error.ts';
import { needsRequired } from '#domain/pull-request/checks.ts';
import type { PullRequestReading } from '#domain/pull-request/reading.ts';
import { createBatchSize } from './batch-size.ts';
import type { Gh, Readings } from './gh.ts';
import { inBatches, inParts } from './parts.ts';
import { pollQuery, type Query, readPollAnswer, send } from './poll-query.ts';
import { DROPPABLE, type Draft } from './reading.ts';
import type { Ask } from './request.ts';
import { readRequiredAnswer, requiredQuery } from './required-query.ts';
import { type Answer, type Failure, isFailure } from './response.ts';
import { createRulesAge } from './rules-age.ts';
import { createUnknownFields } from './unknown-fields.ts';

/** See `Gh.readPullRequests`. What it learned of a host (fields that it lacks, how much it can answer at once) is kept. */
export function createReadPullRequests(ask: Ask, now: () => number): Gh['readPullRequests'] {
  const unknownFields = createUnknownFields(now);
  const batch = createBatchSize();
  const rules = createRulesAge(now);

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
    const { failed, login = null } = drafts;
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
    return { found, failed, login };
  };

  return async (host, refs) => {
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
  };
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
