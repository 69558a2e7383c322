import { readFileSync } from 'node:fs';
import { type Call, call, succeeded } from './calls.ts';
import type { Dialog } from './dialog.ts';
import type { HookResult } from './hooks.ts';
import { readScript, type Step } from './script.ts';
import type { TodoReport } from './todos.ts';
import { runShell } from './tools.ts';

export type Json = Record<string, unknown>;

/** What a step may use of the conversation that it happens in. */
export interface Context {
  cwd: string;
  /** Of the commands that it runs; the last answer to a question is added as `ANSWER`. */
  readonly env: Record<string, string>;
  /** Nothing is asked for. */
  bypass: boolean;
  /** Aborts when the person interrupts the turn. */
  signal: AbortSignal;
  fire(event: string, fields: Json, signal?: AbortSignal): Promise<HookResult[]>;
  print(text: string): void;
  /** The model answered; with a tool call or a text. */
  answered(content: Json[]): void;
  /** Keeps what came of a call of a tool. */
  resulted(id: string, content: string, isError: boolean): void;
  /** Opens a dialog; null when it was cancelled, undefined when `closed` aborted it. */
  choose(dialog: Dialog, closed: AbortSignal): Promise<number | null | undefined>;
  /** A tool runs from now on, or none does: what is typed meanwhile joins the turn. */
  setInTool(inTool: boolean): void;
  startBackground(command: string): void;
  /** The answers cost so many dollars more. */
  spent(usd: number): void;
  todo(todo: { subject: string; done: boolean }): TodoReport[];
}

/** `stop`: the rest of the turn's steps is left out. `more`: these steps come next. */
export type Outcome =
  | { kind: 'done'; more?: Step[] }
  | { kind: 'stop'; says: string }
  | { kind: 'interrupted' }
  | { kind: 'failed'; error: string; message: string; resetsInSeconds: number | null };

const DONE: Outcome = { kind: 'done' };
const INTERRUPTED: Outcome = { kind: 'interrupted' };

export async function runStep(context: Context, step: Step): Promise<Outcome> {
  switch (step.kind) {
    case 'shell':
      return shell(context, step);
    case 'background':
      return background(context, step.command);
    case 'question':
      return question(context, step.question, step.answers);
    case 'plan':
      return plan(context, step.plan);
    case 'sleep':
      return sleep(context, step.seconds * 1000);
    case 'hang':
      return hang(context);
    case 'crash':
      // The program itself fails: it ends with code 1, and no hook tells of it.
      setImmediate(() => Promise.reject(new Error('The stand-in was told to crash.')));
      return new Promise(() => undefined);
    case 'fail':
      return { ...step, kind: 'failed' };
    case 'cost':
      context.spent(step.usd);
      return DONE;
    case 'todo':
      return todos(context, step.todos);
    case 'read':
      return read(context, step.path);
    case 'say':
      return { kind: 'stop', says: step.text };
    default:
      return step satisfies never;
  }
}

async function shell(
  context: Context,
  { command, ask, description = 'a step of the prompt' }: Extract<Step, { kind: 'shell' }>,
): Promise<Outcome> {
  const made = await call(context, 'Bash', { command, description });
  context.print(`● Bash(${command.split('\n')[0]}${command.includes('\n') ? ' …' : ''})`);
  if (ask && !context.bypass) {
    const { index, decision } = await permission(context, made, {
      title: 'Bash command',
      lines: [...command.split('\n'), '', 'Do you want to proceed?'],
      options: ['Yes', 'No, and tell Claude what to do differently (esc)'],
      no: 1,
    });
    if (decision?.behavior === 'deny') return DENIED;
    if (decision === null && index !== 0) return INTERRUPTED;
  }
  const started = Date.now();
  context.setInTool(true);
  const result = await runShell(command, context, context.signal);
  context.setInTool(false);
  if (context.signal.aborted) return INTERRUPTED;
  const output = `${result.stdout}${result.stderr}`.trimEnd();
  context.print(indent(output === '' ? '(No output)' : output));
  const duration_ms = Date.now() - started;
  const failure = `Exit code ${result.exitCode}${output === '' ? '' : `\n${output}`}`;
  const failed = result.exitCode !== 0;
  const nothing = '(Bash completed with no output)';
  context.resulted(made.id, failed ? failure : output || nothing, failed);
  if (!failed) {
    const { stdout, stderr } = result;
    const response = { stdout: stdout.trimEnd(), stderr: stderr.trimEnd() };
    await succeeded(
      context,
      made,
      { ...response, interrupted: false, isImage: false, noOutputExpected: output === '' },
      duration_ms,
    );
    return DONE;
  }
  await context.fire('PostToolUseFailure', {
    tool_name: made.name,
    tool_input: made.input,
    tool_use_id: made.id,
    error: failure,
    is_interrupt: false,
    duration_ms,
  });
  return { kind: 'stop', says: `A command ended with exit code ${result.exitCode}.` };
}

/** How a dialog was closed. `index` is the chosen option, null for Escape; `decision` is that of a hook, which was faster. */
type Closed =
  | { index: number | null; decision: null }
  | { index: null; decision: { behavior: unknown; updatedInput: Json } };

/** Asks while the PermissionRequest hooks run: whoever answers first decides, a person or a hook. */
async function permission(
  context: Context,
  { name, input }: Call,
  dialog: Dialog & { no?: number },
): Promise<Closed> {
  const refused = new AbortController();
  const decided = new AbortController();
  let decision: Json | undefined;
  const hooks = context
    .fire('PermissionRequest', { tool_name: name, tool_input: input }, refused.signal)
    .then((results) => {
      for (const { output } of results) {
        const specific = output?.hookSpecificOutput as Json | undefined;
        decision ??= specific?.decision as Json | undefined;
      }
      if (decision !== undefined) decided.abort();
    });
  const index = await context.choose(dialog, decided.signal);
  if (index === undefined && decision !== undefined) {
    const { behavior, updatedInput = input, message } = decision;
    const denied = behavior === 'deny';
    if (denied) context.print(indent(`Error: ${message}`));
    context.print(indent(`${denied ? 'Denied' : 'Allowed'} by PermissionRequest hook`));
    return { index: null, decision: { behavior, updatedInput: updatedInput as Json } };
  }
  // A yes leaves the hooks running, whatever they say later; only a no ends them.
  if (index === null || index === dialog.no) {
    refused.abort();
    await hooks;
  }
  return { index: index ?? null, decision: null };
}

const DENIED: Outcome = { kind: 'stop', says: 'It was denied.' };

async function question(context: Context, text: string, answers: string[]): Promise<Outcome> {
  const questions = [
    {
      question: text,
      header: 'Question',
      options: answers.map((label) => ({ label, description: '' })),
      multiSelect: false,
    },
  ];
  const made = await call(context, 'AskUserQuestion', { questions });
  const closed = await permission(context, made, { title: text, lines: [], options: answers });
  if (closed.decision?.behavior === 'deny') return DENIED;
  if (closed.decision === null && closed.index === null) return INTERRUPTED;
  const picked = { [text]: answers[closed.index ?? 0] ?? '' };
  const said = (closed.decision?.updatedInput.answers ?? picked) as Record<string, string>;
  context.env.ANSWER = said[text] ?? '';
  context.print(`● ${text} → ${said[text]}`);
  const response = { questions, answers: said };
  await succeeded(context, { ...made, input: response }, response);
  return DONE;
}

async function plan(context: Context, text: string): Promise<Outcome> {
  const made = await call(context, 'ExitPlanMode', { plan: text });
  const { index, decision } = await permission(context, made, {
    title: 'Ready to code?',
    lines: text.split('\n'),
    options: ['Yes', 'Yes, and approve each edit', 'No, keep planning'],
    no: 2,
  });
  if (decision?.behavior === 'deny') return DENIED;
  if (decision === null && (index === null || index === 2)) return INTERRUPTED;
  await succeeded(context, made, { plan: text, isAgent: false });
  return DONE;
}

/** The model thinks: no tool runs. */
function sleep({ signal }: Context, ms: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve(signal.aborted ? INTERRUPTED : DONE);
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}

/** A command that never ends by itself. */
async function hang(context: Context): Promise<Outcome> {
  await call(context, 'Bash', { command: 'tail -f /dev/null', description: 'hangs' });
  context.print('● Bash(tail -f /dev/null)');
  context.setInTool(true);
  const forever = 2 ** 31 - 1;
  const outcome = await sleep(context, forever);
  context.setInTool(false);
  return outcome;
}

async function background(context: Context, command: string): Promise<Outcome> {
  const input = { command, description: 'a step of the prompt', run_in_background: true };
  const made = await call(context, 'Bash', input);
  context.print(`● Bash(${command}) in the background`);
  context.startBackground(command);
  await succeeded(context, made, { stdout: '', stderr: '', interrupted: false, isImage: false });
  return DONE;
}

async function todos(
  context: Context,
  list: readonly { subject: string; done: boolean }[],
): Promise<Outcome> {
  for (const todo of list) {
    for (const { event, fields } of context.todo(todo)) {
      await context.fire(event, fields);
      context.print(`● ${event === 'TaskCreated' ? '☐' : '☒'} ${fields.task_subject}`);
      const created = event === 'TaskCreated';
      const input = created
        ? { subject: todo.subject }
        : { taskId: fields.task_id, status: 'completed' };
      const made = await call(context, created ? 'TaskCreate' : 'TaskUpdate', input);
      await succeeded(context, made, { task: { id: fields.task_id, subject: todo.subject } });
    }
  }
  return DONE;
}

/** A prompt that was too long for an argument stands in a file; what it says is done next. */
async function read(context: Context, path: string): Promise<Outcome> {
  const made = await call(context, 'Read', { file_path: path });
  const content = readFileSync(path, 'utf8');
  context.print(`● Read(${path})\n${indent(`${content.split('\n').length} lines`)}`);
  await succeeded(context, made, { type: 'text', file: { filePath: path, content } });
  return { kind: 'done', more: readScript(content) };
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line, index) => `${index === 0 ? '  ⎿  ' : '     '}${line}`)
    .join('\n');
}
