import { afterWait } from './after.ts';
import type { QueueFacts, QueueTask } from './facts.ts';
import { isRemovedHold } from './impact.ts';
import { timeWait } from './time.ts';
import type { Wait, WaitKind } from './wait.ts';

/** One reason why a task does not start by itself; null where this one does not apply. */
type Rule = (task: QueueTask, facts: QueueFacts) => Wait | null;

/** What lies in the task itself, and would keep it from starting in an empty house too. */
const OWN: readonly Rule[] = [draft, held, after, time, supervised];
/** What keeps its whole project, or everything, from starting. */
const SHARED: readonly Rule[] = [paused, project, account, budget, memory];

/**
 * Why a pending task does not start by itself; null when nothing but a slot can be missing. Its own reasons come first: they are what a person
 * looks for in its row, and those of the whole queue stand above all rows.
 */
export function waitOf(task: QueueTask, facts: QueueFacts): Wait | null {
  return firstOf(OWN, task, facts) ?? firstOf(SHARED, task, facts);
}

/** The wait in one phrase; null for a task that is ready and only waits for a person to launch it, which is no reason of its own. */
export function waitWords(wait: Wait | null): string | null {
  return wait === null || wait.kind === 'supervised' ? null : wait.text;
}

/** Kinds of waits that a person's launch ends at once: nothing in the task itself is missing. */
const READY_KINDS: ReadonlySet<WaitKind> = new Set([
  'supervised',
  'rests',
  'paused',
  'project_paused',
  'settings',
  'limit',
  'quiet',
  'budget',
  'memory',
  'slot',
  'project_slot',
]);

/** Whether a task with this wait, or without any, would start as soon as it is its turn or a person launches it. */
export function isReady(wait: Pick<Wait, 'kind'> | null): boolean {
  return wait === null || READY_KINDS.has(wait.kind);
}

/** Whether a wait ends without a person, though not always at a time that is known. */
export function endsByItself({ kind, until }: Pick<Wait, 'kind' | 'until'>): boolean {
  return until !== null || kind === 'slot' || kind === 'project_slot' || kind === 'memory';
}

function firstOf(rules: readonly Rule[], task: QueueTask, facts: QueueFacts): Wait | null {
  for (const rule of rules) {
    const wait = rule(task, facts);
    if (wait !== null) return wait;
  }
  return null;
}

function draft({ id, status }: QueueTask): Wait | null {
  if (status !== 'draft') return null;
  const remedy = `\`claustre edit ${id} --submit\` makes it pending.`;
  return { kind: 'draft', text: 'draft', until: null, remedy };
}

function held({ id, held: why }: QueueTask): Wait | null {
  if (why === null) return null;
  if (why === 'setup failed') {
    const remedy = `See \`claustre logs ${id} --setup\`; \`claustre retry ${id}\` runs it again.`;
    return { kind: 'setup_failed', text: why, until: null, remedy };
  }
  return { kind: 'held', text: `held: ${why}`, until: null, remedy: wayOut(id, why) };
}

function wayOut(id: number, why: string): string {
  if (why === 'launch failed') return `\`claustre retry ${id}\` tries again.`;
  return isRemovedHold(why)
    ? `\`claustre edit ${id} --after none\` lets it wait for nothing more.`
    : `\`claustre launch ${id}\` starts it again.`;
}

function after(task: QueueTask, { openBefore, blameOf, projects }: QueueFacts): Wait | null {
  const open = openBefore.get(task.id);
  if (open === undefined || open.length === 0) return null;
  const onBadParent = projects.get(task.projectId)?.settings?.onBadParent ?? 'hold';
  return afterWait(task, open, blameOf(task.id), onBadParent);
}

function time(task: QueueTask, { delays, now, offsetAt }: QueueFacts): Wait | null {
  return timeWait(task, delays.get(task.id) ?? null, { now, offsetAt });
}

function supervised({ id, mode }: QueueTask): Wait | null {
  if (mode === 'autonomous') return null;
  const remedy = `\`claustre launch ${id}\` starts it.`;
  return { kind: 'supervised', text: 'for you to launch', until: null, remedy };
}

function paused(_task: QueueTask, { queue }: QueueFacts): Wait | null {
  if (queue.pausedAt === null) return null;
  const because = queue.pauseReason === null ? '' : `: ${queue.pauseReason}`;
  const remedy = '`claustre resume` lets the queue go on.';
  return { kind: 'paused', text: `everything is paused${because}`, until: null, remedy };
}

function project({ id, projectId }: QueueTask, { projects }: QueueFacts): Wait | null {
  const found = projects.get(projectId);
  // A task without its project is just being removed.
  if (found === undefined) return null;
  const { name, queue, settings } = found;
  const resume = `\`claustre resume ${name}\``;
  if (queue === 'paused') {
    const remedy = `${resume} lets it go on.`;
    return { kind: 'project_paused', text: `the queue of ${name} is paused`, until: null, remedy };
  }
  if (queue === 'rests') {
    const remedy = `${resume} starts the queue of ${name}, and so does \`claustre launch ${id}\`.`;
    return { kind: 'rests', text: 'the queue rests', until: null, remedy };
  }
  if (settings !== null) return null;
  const remedy = 'See `claustre doctor`.';
  return {
    kind: 'settings',
    text: `the settings of ${name} cannot be read`,
    until: null,
    remedy,
  };
}

function account(_task: QueueTask, facts: QueueFacts): Wait | null {
  return facts.account;
}

function budget(task: QueueTask, facts: QueueFacts): Wait | null {
  return facts.budgetOf(task);
}

function memory(_task: QueueTask, facts: QueueFacts): Wait | null {
  return facts.memory;
}
