import type { Store } from '#app.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import { type Ending, impactWords } from '#domain/queue/impact.ts';

/** The question before a task is ended, and after it what that means for those that wait for the task. */
export function withImpact(
  store: Store,
  taskId: number,
  ending: Ending,
  question: string | null | Refusal,
): string | null | Refusal {
  if (question === null || isRefusal(question)) return question;
  const impact = impactWords(
    taskId,
    ending,
    store.tasks.dependencies(null),
    (id) => store.tasks.find(id)?.status,
    store.pullRequests.of(taskId)?.state === 'merged',
  );
  return impact === null ? question : `${question} ${impact}`;
}
