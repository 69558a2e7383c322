import type { App } from '#app.ts';
import { formatJson, formatOutput } from '#cli/print/result.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { plainText } from '#format/text.ts';
import type { AnyOperation } from '#operations/operation.ts';
import { keepQueueGoing } from '#operations/queue/keep-going.ts';
import type { Given } from './command.ts';
import { DONE, exitCode } from './exit-codes.ts';
import { explainIssues, readTexts } from './input.ts';
import type { Io } from './io.ts';

/** Calls an operation with what was given on the command line, prints what came of it, and returns the exit code. */
export async function callOperation(
  operation: AnyOperation,
  given: Given,
  createApp: () => Promise<App>,
  io: Io,
): Promise<number> {
  const { json, yes, ...rest } = given;
  const done = await perform(operation, rest, { createApp, io, sure: yes === true });
  if (isRefusal(done)) return sayRefusal(io, done);
  const text = json === true ? asDocument(operation, done) : formatOutput(operation, done, io);
  if (text !== '') await io.stdout(text.endsWith('\n') ? text : `${text}\n`);
  const failure = operation.failed?.(done) ?? null;
  return failure === null ? DONE : exitCode(failure);
}

async function perform(
  operation: AnyOperation,
  given: Given,
  { createApp, io, sure }: { createApp: () => Promise<App>; io: Io; sure: boolean },
): Promise<unknown> {
  const { command } = operation;
  if (command === undefined) return refuse(`"${operation.name}" is no command.`);
  const texts = await readTexts(io, command, given);
  if (isRefusal(texts)) return texts;
  const input = operation.input.safeParse(texts);
  if (!input.success) return explainIssues(input.error, command, texts);
  const app = await createApp();
  if (command.confirm !== undefined && !sure) {
    const what = await command.confirm(app, input.data);
    if (isRefusal(what)) return what;
    const no = what === null ? undefined : await askFor(what, io);
    if (no !== undefined) return no;
  }
  const done = await operation.run(app, input.data);
  if (app.store.ownChanges() > 0) await keepQueueGoing(app);
  return done;
}

function asDocument(operation: AnyOperation, done: unknown): string {
  return formatJson(operation.document === undefined ? done : operation.document(done));
}

async function askFor(what: string, io: Io): Promise<Refusal | undefined> {
  if (!io.canAsk) {
    return refuse(
      `Nothing was done, since nobody can be asked here: ${what}`,
      'Add --yes to do it without being asked.',
    );
  }
  const agreed = await io.ask(plainText(what));
  return agreed ? undefined : refuse('Nothing was done.');
}

/** Says a refusal on stderr, also with --json: stdout holds results only. */
export async function sayRefusal(io: Io, { code, reason, hint }: Refusal): Promise<number> {
  await io.stderr(`${plainText(hint === undefined ? reason : `${reason}\n${hint}`)}\n`);
  return exitCode(code);
}
