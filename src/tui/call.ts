import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';

export type Input = Readonly<Record<string, unknown>>;

/** An operation as the dashboard calls it: what it gives is checked by the operation's own rule for its input. */
export interface Callable {
  readonly name: string;
  readonly input: {
    safeParse(
      value: unknown,
    ):
      | { success: true; data: unknown }
      | { success: false; error: { issues: readonly { message: string; path: PropertyKey[] }[] } };
  };
  readonly command?: {
    confirm?: (app: App, input: never) => Promise<string | null | Refusal>;
  };
  run: (app: App, input: never) => Promise<unknown>;
  describe?: (output: never) => string;
}

/** Every operation that a key reaches, by the name of its export. */
export type OperationName =
  | 'addProject'
  | 'completePath'
  | 'lookAtRepository'
  | 'checkBranches'
  | 'recallPrompts'
  | 'editPrompt'
  | 'removeProject'
  | 'answerSession'
  | 'attachSession'
  | 'changePanes'
  | 'addTask'
  | 'editTask'
  | 'finishTask'
  | 'fixTask'
  | 'killTask'
  | 'launchTask'
  | 'mergeTask'
  | 'moveTask'
  | 'openTask'
  | 'reopenPullRequest'
  | 'removeTask'
  | 'restoreTask'
  | 'retryTask'
  | 'nextTask'
  | 'runDoctor'
  | 'turnQueue'
  | 'stopQueue'
  | 'sendToSession'
  | 'sessionLogs'
  | 'showTask'
  | 'taskEvents'
  | 'undoAction'
  | 'verifyTask'
  | 'readCheckLog'
  | 'dependencyGraph'
  | 'readDiff'
  | 'viewFile'
  | 'addComment'
  | 'editComment'
  | 'removeComment'
  | 'sendComments'
  | 'editWorktree'
  | 'inspectWorktree'
  | 'whyTask';

export type DashboardOperations = Readonly<Record<OperationName, Callable>>;

/** Runs an operation; returns its output or its refusal. Throws what it throws. */
export async function call(app: App, operation: Callable, given: Input): Promise<unknown> {
  const input = checked(operation, given);
  return isRefusal(input) ? input : operation.run(app, input as never);
}

/** The question to ask before the operation runs; null when it asks nothing. */
export async function questionOf(
  app: App,
  operation: Callable,
  given: Input,
): Promise<string | null | Refusal> {
  const input = checked(operation, given);
  if (isRefusal(input)) return input;
  return (await operation.command?.confirm?.(app, input as never)) ?? null;
}

/** What happened, as the operation tells it; empty when it has nothing to tell. */
export function describeOutput(operation: Callable, output: unknown): string {
  return operation.describe?.(output as never) ?? '';
}

function checked(operation: Callable, given: Input): unknown {
  const parsed = operation.input.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  return refuse(`${where}: ${issue?.message ?? 'is not valid'}`, undefined, 'invalid');
}
