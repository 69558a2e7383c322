import type { Store } from '#app.ts';
import { isOver } from '#domain/dependency.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import { type Ending, impactWords } from '#domain/queue/impact.ts';

/** What it means for those that wait for a task that it is ended, as a sentence; null when nobody waits. */
export function impactOf(
  { tasks, pullRequests }: Store,
  id: number,
  ending: Ending,
): string | null {
  const task = tasks.find(id);
  if (task === null) return null;
  const pullRequest = pullRequests.of(id);
  const facts = { status: task.status, pullRequest };
  const edges = tasks
    .dependencies(null)
    .filter(({ afterId, until }) => afterId !== id || !isOver(until, facts));
  return impactWords(id, ending, edges, (each) => tasks.find(each)?.status, pullRequest !== null);
}

/** The question before a task is ended, with what that means for those that wait for it. */
export function withImpact(
  store: Store,
  taskId: number,
  ending: Ending,
  question: string | null | Refusal,
): string | null | Refusal {
  if (question === null || isRefusal(question)) return question;
  const impact = impactOf(store, taskId, ending);
  return impact === null ? question : `${question} ${impact}`;
}
