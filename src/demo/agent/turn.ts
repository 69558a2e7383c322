import { randomUUID } from 'node:crypto';
import { choose, draw, type Front, notifyAfter, setStatus } from './front.ts';
import { addedBy, type HookResult } from './hooks.ts';
import { childEnv, fire, type Kept, keepAnswer, keepResult } from './kept.ts';
import { readScript, type Step } from './script.ts';
import type { StatusLine } from './status-line.ts';
import { type Context, type Outcome, runStep } from './steps.ts';
import { createTodos } from './todos.ts';
import { startShell } from './tools.ts';

type Json = Record<string, unknown>;

/** Everything that a turn works on. */
export interface Work {
  readonly kept: Kept;
  readonly front: Front;
  readonly statusLine: StatusLine;
  todo: Context['todo'];
  turn: { abort: AbortController; steps: Step[]; inTool: boolean } | null;
  /** Of a turn that failed: a prompt without steps of its own goes on with them. */
  left: Step[];
  /** Prompts for the next turn. */
  queue: string[];
  /** Background commands by process id, as Stop reports them. */
  readonly behind: Map<number, Json>;
}

export function createWork(kept: Kept, front: Front, statusLine: StatusLine): Work {
  const todo = createTodos();
  return { kept, front, statusLine, todo, turn: null, left: [], queue: [], behind: new Map() };
}

/** Six seconds after a dialog opened, and a minute after a turn ended, Claude says that it waits. */
const ASKS_AFTER_MS = 6_000;
const IDLE_AFTER_MS = 60_000;
/** Stop hooks may send it on no more often than this. */
const MAX_BLOCKS = 8;

export function report(
  { kept, front }: Work,
  event: string,
  fields: Json,
  signal?: AbortSignal,
): Promise<HookResult[]> {
  return fire(kept, (text) => front.screen.print(text), event, fields, signal);
}

function notify(work: Work, ms: number, message: string, notification_type: string): void {
  notifyAfter(work.front, ms, () => {
    void report(work, 'Notification', { message, notification_type });
  });
}

/** At the prompt; a background command may still run. */
export function rest({ front, behind }: Work): void {
  setStatus(front, behind.size > 0 ? 'shell' : 'idle');
}

/** Takes a prompt now, or keeps it for the end of the turn; one that comes while a tool runs joins the turn without a report. */
export async function submit(work: Work, prompt: string): Promise<void> {
  const { turn, kept, front } = work;
  if (turn === null) return run(work, [prompt]);
  if (turn.inTool) {
    kept.transcript.append({ type: 'queue-operation', operation: 'enqueue', content: prompt });
    kept.transcript.append({ type: 'attachment', attachment: { type: 'queued_command', prompt } });
    front.screen.print(`\n> ${prompt}`);
    turn.steps.push(...readScript(prompt));
    return;
  }
  work.queue.push(prompt);
  front.view.queued = work.queue.length;
  draw(front);
}

async function run(work: Work, prompts: readonly string[]): Promise<void> {
  const { front } = work;
  const turn = { abort: new AbortController(), steps: [] as Step[], inTool: false };
  work.turn = turn;
  clearTimeout(front.notifies);
  setStatus(front, 'busy');
  if ((await take(work, prompts, turn.steps)) > 0) {
    if (turn.steps.length === 0) turn.steps.push(...work.left);
    work.left = [];
    await answer(work, turn);
  } else notify(work, IDLE_AFTER_MS, 'Claude is waiting for your input', 'idle_prompt');
  work.turn = null;
  if (front.ended) return;
  const next = work.queue;
  work.queue = [];
  front.view.queued = 0;
  if (next.length === 0) return rest(work);
  await run(work, next);
}

/** Each prompt is reported; the turn answers all that no hook refused. Returns how many those are. */
async function take(work: Work, prompts: readonly string[], steps: Step[]): Promise<number> {
  const { kept, front } = work;
  let accepted = 0;
  for (const prompt of prompts) {
    kept.promptId = randomUUID();
    front.screen.print(`\n> ${prompt}`);
    const results = await report(work, 'UserPromptSubmit', { prompt });
    if (results.some(({ exitCode }) => exitCode === 2)) {
      front.screen.print('  UserPromptSubmit operation blocked by hook');
      continue;
    }
    if (kept.answers === 0) kept.transcript.append({ type: 'stand-in', ...kept.setting.start });
    kept.transcript.append({ type: 'user', message: { role: 'user', content: prompt } });
    steps.push(...readScript(prompt));
    // What hooks add is given to the model with the prompt.
    for (const result of results) steps.push(...readScript(addedBy(result)));
    accepted += 1;
  }
  return accepted;
}

async function answer(work: Work, turn: NonNullable<Work['turn']>): Promise<void> {
  let outcome = await runSteps(work, turn);
  for (let blocks = 0; outcome.kind === 'done' || outcome.kind === 'stop'; blocks += 1) {
    const says = outcome.kind === 'stop' ? outcome.says : 'Done, as far as a stand-in can be.';
    const more = await stop(work, says, blocks);
    if (more === null) return;
    turn.steps.push(...more);
    outcome = await runSteps(work, turn);
  }
  if (outcome.kind === 'interrupted') interrupted(work);
  else {
    work.left = turn.steps;
    await failed(work, outcome);
  }
}

async function runSteps(work: Work, turn: NonNullable<Work['turn']>): Promise<Outcome> {
  const context = contextOf(work, turn);
  for (let step = turn.steps.shift(); step !== undefined; step = turn.steps.shift()) {
    const outcome = await runStep(context, step);
    if (outcome.kind !== 'done') return outcome;
    if (outcome.more !== undefined) turn.steps.unshift(...outcome.more);
  }
  return turn.abort.signal.aborted ? { kind: 'interrupted' } : { kind: 'done' };
}

function contextOf(work: Work, turn: NonNullable<Work['turn']>): Context {
  const { kept, front, statusLine } = work;
  const { cwd, permissionMode } = kept.setting;
  return {
    cwd,
    env: childEnv(kept),
    bypass: permissionMode === 'bypassPermissions',
    signal: turn.abort.signal,
    fire: (event, fields, signal) => report(work, event, fields, signal),
    print: (text) => front.screen.print(text),
    answered(content) {
      keepAnswer(kept, content);
      statusLine.due();
    },
    resulted: (id, content, isError) => keepResult(kept, id, content, isError),
    async choose(dialog, closed) {
      statusLine.stop();
      notify(work, ASKS_AFTER_MS, 'Claude needs your permission', 'permission_prompt');
      const index = await choose(front, dialog, 'permission prompt', closed);
      if (index !== null) setStatus(front, 'busy');
      return index;
    },
    setInTool(inTool) {
      turn.inTool = inTool;
    },
    startBackground: (command) => startBackground(work, command),
    spent(usd) {
      kept.spentUsd += usd;
      statusLine.due();
    },
    todo: (todo) => work.todo(todo),
  };
}

/** The end of a turn. A Stop hook may send it on: its steps are returned, else null. */
export async function stop(work: Work, text: string, blocks = 0): Promise<Step[] | null> {
  const { kept, front, statusLine, behind } = work;
  front.screen.print(`● ${text}`);
  keepAnswer(kept, [{ type: 'text', text }]);
  statusLine.due();
  const results = await report(work, 'Stop', {
    stop_hook_active: blocks > 0,
    last_assistant_message: text,
    background_tasks: [...behind.values()],
    session_crons: [],
  });
  notify(work, IDLE_AFTER_MS, 'Claude is waiting for your input', 'idle_prompt');
  const block = results.find(({ output }) => output?.decision === 'block');
  if (block === undefined || blocks >= MAX_BLOCKS) return null;
  const reason = String(block.output?.reason ?? '');
  front.screen.print(`  Stop hook error: ${reason}`);
  return readScript(reason);
}

/** No hook tells of it; what was queued goes back into the box. */
function interrupted(work: Work): void {
  const { kept, front } = work;
  const content = [{ type: 'text', text: '[Request interrupted by user]' }];
  kept.transcript.append({ type: 'user', message: { role: 'user', content } });
  front.screen.print('  ⎿  Interrupted · What should Claude do instead?');
  front.box.set([...work.queue, front.box.text].filter((text) => text !== '').join('\n'));
  work.queue = [];
}

async function failed(
  work: Work,
  { error, message, resetsInSeconds }: Extract<Outcome, { kind: 'failed' }>,
): Promise<void> {
  const { kept, front, statusLine } = work;
  front.screen.print(`● ${message}`);
  const content = [{ type: 'text', text: message }];
  kept.transcript.append({
    type: 'assistant',
    isApiErrorMessage: true,
    error,
    message: { content },
  });
  statusLine.due();
  await report(work, 'StopFailure', { error, last_assistant_message: message });
  if (error !== 'rate_limit' || !/hit your .*limit/.test(message)) return;
  if (resetsInSeconds !== null) kept.limitEndsAt = Date.now() + resetsInSeconds * 1_000;
  const title = 'What do you want to do?';
  const options = ['Stop and wait for limit to reset', 'Upgrade your plan'];
  await choose(front, { title, lines: [message], options }, 'dialog open');
  // The status line is shown again, and tells of the limit.
  statusLine.due();
}

/** Claude tells the model when a background command ended, as a prompt of its own. */
function startBackground(work: Work, command: string): void {
  const { kept, front, behind } = work;
  const child = startShell(command, { cwd: kept.setting.cwd, env: childEnv(kept) });
  const { pid } = child;
  if (pid === undefined) return;
  const id = `b${randomUUID().slice(0, 8)}`;
  behind.set(pid, { id, type: 'shell', status: 'running', description: command, command });
  child.on('close', (code) => {
    behind.delete(pid);
    if (front.ended) return;
    const lines = [
      '<task-notification>',
      `<task-id>${id}</task-id>`,
      '<status>completed</status>',
      `<summary>Background command "${command}" completed (exit code ${code})</summary>`,
      '</task-notification>',
    ];
    void submit(work, lines.join('\n'));
  });
}
