import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import { roundView } from '#domain/pull-request/round-view.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findTask } from '#operations/task/find.ts';

/** What Claude was asked to do for the pull request of a task, round by round, and what came of it. */
export const listRounds = defineOperation({
  name: 'round.list',
  summary: 'Show the rounds of a task: what reviewers and checks said, and what was decided.',
  command: { usage: 'rounds <task>', json: true, aliases: ['reviews'] },
  input: z.object({ task: taskId }),
  async run({ store }, given) {
    const found = findTask(store, given.task);
    if (isRefusal(found)) return found;
    const verdicts = store.verdicts.ofTask(given.task);
    const rounds = store.rounds.of(given.task);
    return rounds.map((round) => {
      const { pullRequestId } = round;
      const of = pullRequestId === null ? null : store.pullRequests.find(pullRequestId);
      return roundView(round, of?.number ?? null, { rounds, verdicts });
    });
  },
});
