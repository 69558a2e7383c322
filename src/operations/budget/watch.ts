import type { App } from '#app.ts';
import type { BudgetBook } from '#domain/budget/book.ts';
import { type BudgetSettings, dayEnd, dayStart } from '#domain/budget/budget.ts';
import {
  budgetWait,
  budgetWords,
  hasCaps,
  overdrawn,
  raiseCommand,
  thresholdOf,
} from '#domain/budget/check.ts';
import { isRefusal } from '#domain/error.ts';
import type { Message } from '#domain/notification/message.ts';
import { accountWait } from '#domain/queue/account.ts';
import type { Task } from '#domain/task.ts';
import { compareTasks } from '#domain/task-order.ts';
import { type GoOnFacts, goOnFacts } from '#operations/limit/facts.ts';
import { goOnByItself, goOnWait } from '#operations/queue/go-on.ts';
import { stopAttempt } from '#operations/session/stop.ts';
import { budgetSettings, readBook } from './facts.ts';

/** What could not go on is tried again after this. */
const AGAIN_MS = 60_000;

export interface Watched {
  /** What a person is told, each once. */
  messages: Message[];
  /** Milliseconds until it is worth to look again though nothing changed; null for never. */
  again: number | null;
}

/**
 * Stops what runs over a budget, tells of budgets that are half, nearly or all used, and lets go on what a budget held once there is money
 * again: somebody gave more, or a new day began.
 */
export async function watchBudgets(app: App): Promise<Watched> {
  const settings = budgetSettings(app);
  const facts = goOnFacts(app);
  const held = facts.open.filter(
    ({ task }) => task.held === 'budget' && task.status === 'interrupted',
  );
  const capped = [...settings.values()].some(hasCaps);
  if (!capped && held.length === 0) return { messages: [], again: null };
  const book = readBook(app);
  await stopOverdrawn(app, facts, book, settings);
  const messages = tellThresholds(app, facts, book, settings);
  const again = await letGoOn(app, held, facts, book, settings);
  const midnight = dayEnd(app.clock.now()) - app.clock.now();
  return { messages, again: Math.min(midnight, again ?? midnight) };
}

async function stopOverdrawn(
  app: App,
  { open }: GoOnFacts,
  book: BudgetBook,
  settings: ReadonlyMap<number, BudgetSettings>,
): Promise<void> {
  for (const { task, session } of open) {
    const caps = settings.get(task.projectId);
    if (task.mode !== 'autonomous' || task.status !== 'working' || session.state !== 'open')
      continue;
    if (caps === undefined || session.activity.name === 'idle') continue;
    const attempt = app.store.attempts.currentOf(session.id);
    const over = attempt === null ? null : overdrawn(task, attempt.costUsd, book, caps);
    if (over === null) continue;
    const project = app.store.projects.find(task.projectId)?.name;
    const phrase = budgetWords(over);
    const remedy = `${raiseCommand(over, project)} lets it go on.`;
    await stopAttempt(app, { task, session }, { code: 'budget', phrase, remedy });
  }
}

/** Each threshold of each budget once, and of several that are passed at once only the highest. */
function tellThresholds(
  { store, clock }: App,
  { open }: GoOnFacts,
  book: BudgetBook,
  settings: ReadonlyMap<number, BudgetSettings>,
): Message[] {
  const now = clock.now();
  const messages: Message[] = [];
  const tell = (
    scope: 'task' | 'project' | 'project_day' | 'day' | 'total',
    task: { id: number; projectId: number },
    caps: BudgetSettings,
    names: Pick<Message, 'task' | 'project'>,
  ): void => {
    const budget = book.budget(scope, task, caps);
    const reached = budget === null ? null : thresholdOf(budget);
    if (budget === null || reached === null) return;
    const day = scope === 'day' || scope === 'project_day' ? dayStart(now) : '';
    const of = `${budget.taskId ?? ''}:${budget.projectId ?? ''}:${day}:${budget.capUsd}`;
    const uid = `budget.reach:${scope}:${of}:${reached}`;
    if (store.events.has(uid)) return;
    const { taskId, projectId } = budget;
    const data = { scope, percent: reached, usd: budget.spent.usd, capUsd: budget.capUsd };
    const event = { uid, kind: 'budget.reach', source: 'supervisor' as const, at: clock.iso() };
    store.write(() => store.events.append({ ...event, taskId, projectId, data }));
    messages.push({ ...names, kind: 'budget', text: `Budget: ${budgetWords(budget)}.` });
  };
  for (const { id, name } of store.projects.all()) {
    const caps = settings.get(id);
    if (caps === undefined) continue;
    const any = { id: 0, projectId: id };
    for (const scope of ['project', 'project_day'] as const) {
      tell(scope, any, caps, { task: name, project: name });
    }
    for (const scope of ['day', 'total'] as const) {
      tell(scope, any, caps, { task: 'claustre', project: 'claustre' });
    }
    for (const { task } of open.filter((each) => each.task.projectId === id)) {
      tell('task', task, caps, { task: `#${task.id} ${task.title}`, project: name });
    }
  }
  return messages;
}

async function letGoOn(
  app: App,
  held: GoOnFacts['open'],
  facts: GoOnFacts,
  book: BudgetBook,
  settings: ReadonlyMap<number, BudgetSettings>,
): Promise<number | null> {
  const paid = held
    .map(({ task }) => task)
    .filter((task) => {
      const caps = settings.get(task.projectId);
      return caps !== undefined && !facts.isPaused(task.projectId) && isPaid(app, task, book, caps);
    })
    .toSorted(compareTasks);
  if (paid.length === 0) return null;
  const wait = accountWait(facts);
  if (wait !== null) return wait.until === null ? null : Math.max(0, wait.until - facts.now);
  const next = paid.find((task) => goOnWait(app, task) === null);
  if (next === undefined) return null;
  const launched = await goOnByItself(app, next.id);
  if (!isRefusal(launched)) return 0;
  const { reason } = launched;
  app.log.info('A task that a budget held could not go on.', { task: next.id, reason });
  return AGAIN_MS;
}

/** Whether there is money for it: for a start, and, where its own cap stopped the last attempt, more of that than before. */
function isPaid({ store, clock }: App, task: Task, book: BudgetBook, caps: BudgetSettings) {
  if (budgetWait(task, book, caps, clock.now()) !== null) return false;
  const last = store.attempts.ofTask(task.id).findLast(({ errorCode }) => errorCode === 'budget');
  return overdrawn(task, last?.costUsd ?? null, book, caps) === null;
}
