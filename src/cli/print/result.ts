import type { Io } from '#cli/io.ts';
import { createPaint, type Paint } from '#cli/style.ts';
import type { EventRow } from '#domain/event.ts';
import type { InboxEntry } from '#domain/inbox.ts';
import type { RoundView } from '#domain/pull-request/round-view.ts';
import type { TaskView } from '#domain/task-view.ts';
import { plainText } from '#format/text.ts';
import type { AttemptView } from '#operations/attempt/list.ts';
import type { BudgetView } from '#operations/budget/show.ts';
import type { DependencyGraph } from '#operations/dependency/graph.ts';
import type { Diagnosis } from '#operations/doctor/run.ts';
import type { AnyOperation } from '#operations/operation.ts';
import type { OverlapEntry } from '#operations/overlap/list.ts';
import type { HistoryEntry } from '#operations/project/history.ts';
import type { ProjectView } from '#operations/project/list.ts';
import type { ProjectStatistics } from '#operations/project/stats.ts';
import type { QueueStatus } from '#operations/queue/status.ts';
import { printAttempts } from './attempts.ts';
import { printBudgets } from './budgets.ts';
import { type ListedChecks, printChecks } from './checks.ts';
import { printDiff } from './diff.ts';
import { printDiagnosis } from './doctor.ts';
import { printEvents } from './events.ts';
import { printGraph } from './graph.ts';
import { printInbox } from './inbox.ts';
import { printOverlaps } from './overlaps.ts';
import { printProjects } from './projects.ts';
import { printQueue } from './queue.ts';
import { printRounds } from './rounds.ts';
import { printHistory, printStatistics } from './statistics.ts';
import { printTask, printTasks } from './tasks.ts';

/** What a printer draws on. */
export interface Sheet {
  /** Columns of the screen; null where nothing is cut. */
  width: number | null;
  paint: Paint;
  /** Milliseconds since 1970, for "3m ago". */
  now: number;
}

type Printer = (output: unknown, sheet: Sheet) => string;

/** Operations whose output is more than a sentence, by name. The type of the output is the operation's own. */
const PRINTERS: Record<string, Printer> = {
  'task.list': (tasks, sheet) => printTasks(tasks as TaskView[], sheet),
  'task.show': (task, sheet) => printTask(task as TaskView, sheet),
  'task.next': (task, sheet) => printTask(task as TaskView, sheet),
  'task.inbox': (entries, sheet) => printInbox(entries as InboxEntry[], sheet),
  'task.diff': (diff, sheet) => printDiff(diff as { text: string }, sheet),
  'budget.show': (budgets, sheet) => printBudgets(budgets as BudgetView[], sheet),
  'check.list': (listed, sheet) => printChecks(listed as ListedChecks, sheet),
  'doctor.run': (diagnosis, sheet) => printDiagnosis(diagnosis as Diagnosis, sheet),
  'task.events': (events, sheet) => printEvents(events as EventRow[], sheet),
  'project.stats': (found, sheet) => printStatistics(found as ProjectStatistics, sheet),
  'project.history': (entries, sheet) => printHistory(entries as HistoryEntry[], sheet),
  'attempt.list': (attempts, sheet) => printAttempts(attempts as AttemptView[], sheet),
  'round.list': (rounds, sheet) => printRounds(rounds as RoundView[], sheet),
  'dependency.graph': (graph, sheet) => printGraph(graph as DependencyGraph, sheet),
  'overlap.list': (entries, sheet) => printOverlaps(entries as OverlapEntry[], sheet),
  'queue.status': (status, sheet) => printQueue(status as QueueStatus, sheet),
  'project.list': (projects, sheet) => printProjects(projects as ProjectView[], sheet),
};

/** Names of the operations that have a printer of their own. */
export const PRINTED = Object.keys(PRINTERS);

/** The result of an operation for a person, without a line break at its end; empty when there is nothing to say. */
export function formatOutput(operation: AnyOperation, output: unknown, io: Io): string {
  const printer = PRINTERS[operation.name];
  if (printer !== undefined) {
    return printer(output, { width: io.columns, paint: createPaint(io.color), now: io.now() });
  }
  const text = operation.describe === undefined ? asText(output) : operation.describe(output);
  return plainText(text);
}

function asText(output: unknown): string {
  if (output === undefined) return '';
  return typeof output === 'string' ? output : formatJson(output);
}

/** The one JSON document that --json prints. JSON itself escapes only the older control characters; a terminal obeys these, too. */
export function formatJson(output: unknown): string {
  return JSON.stringify(output ?? null, null, 2).replace(
    /[\u007f-\u009f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
