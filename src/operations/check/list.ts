import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import type { Check } from '#domain/pull-request/checks.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findChecks } from './find.ts';

export const listChecks = defineOperation({
  name: 'check.list',
  summary: 'List the checks of the pull request of a task, as they were read last.',
  command: { usage: 'checks <task>', json: true },
  input: z.object({ task: taskId }),
  async run({ store }, given) {
    const pullRequest = findChecks(store, given.task);
    if (isRefusal(pullRequest)) return pullRequest;
    const { number, checks, checksNote, readAt, checkRuns } = pullRequest;
    return { number, verdict: checks, note: checksNote, readAt, checks: checkRuns };
  },
  document: ({ checks }: { checks: Check[] }) => checks,
});
