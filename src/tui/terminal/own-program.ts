import { isRefusal } from '#domain/error.ts';
import { call, type Input } from '#tui/call.ts';
import type { Context } from '#tui/context.ts';
import { selectedTask } from '#tui/view.ts';

/** Opens the person's editor in the worktree of the selected task, or at a place in it. */
export function openEditor(context: Context, input = inputOf(context)): Promise<void> {
  return open(context, 'editor', input);
}

/** Opens the person's tool for git in the worktree of the selected task. */
export function openGitTool(context: Context): Promise<void> {
  return open(context, 'git', inputOf(context));
}

function inputOf({ state }: Context): Input | null {
  const { snapshot, view } = state.get();
  const task = selectedTask(snapshot, view);
  return task === null ? null : { task: task.id };
}

/** A program that draws in the terminal gets the whole of it until it ends; one with a window of its own leaves the dashboard as it is. */
async function open(context: Context, tool: 'editor' | 'git', input: Input | null): Promise<void> {
  const { busy, state, toasts } = context;
  if (input === null || state.get().view.away) return;
  try {
    // Pressed twice at once it is still one program.
    const output = await busy.run(DOING[tool], () => run(context, tool, input));
    if (isRefusal(output)) toasts.refuse(output);
  } catch (error) {
    toasts.fail(error);
  }
  context.refresh();
}

const DOING = { editor: 'opening your editor …', git: 'opening your tool for git …' } as const;

async function run(
  { app, operations, terminal }: Context,
  tool: 'editor' | 'git',
  input: Input,
): Promise<unknown> {
  const { editWorktree, inspectWorktree } = await operations();
  const { needsTerminal } = await import('#operations/worktree/tool.ts');
  let output: unknown;
  const work = async (): Promise<void> => {
    output = await call(app, tool === 'editor' ? editWorktree : inspectWorktree, input);
  };
  if (needsTerminal(app, tool)) await terminal.lend(work);
  else await work();
  return output;
}
