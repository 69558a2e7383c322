import { isRefusal } from '#domain/error.ts';
import { graphRows } from '#domain/queue/graph.ts';
import type { DependencyGraph } from '#operations/dependency/graph.ts';
import { call } from '#tui/call.ts';
import type { Context } from '#tui/context.ts';
import type { GraphDialog } from '#tui/dialogs/dialog.ts';
import { selectedTask } from '#tui/view.ts';

/** Opens the graph of the selected task. */
export function openGraph(context: Context): void {
  const { snapshot, view } = context.state.get();
  const row = selectedTask(snapshot, view);
  if (row !== null) void readGraph(context, row.id, false, null);
}

/** Reads the graph of a task, or of its project, and shows it with the task selected, unless the person went elsewhere meanwhile. */
export async function readGraph(
  { app, busy, operations, state, toasts }: Context,
  taskId: number,
  whole: boolean,
  from: GraphDialog | null,
): Promise<void> {
  const { snapshot } = state.get();
  const task = snapshot.tasks.find(({ id }) => id === taskId);
  const project = snapshot.projects.find(({ id }) => id === task?.projectId);
  const of = whole && project !== undefined ? project.name : `#${taskId}`;
  try {
    await busy.run('reading what waits for what …', async () => {
      const output = await call(app, (await operations()).dependencyGraph, { of });
      if (isRefusal(output)) {
        toasts.refuse(output);
        return;
      }
      const graph = output as DependencyGraph;
      const rows = graphRows(new Set(graph.tasks.map(({ id }) => id)), graph.edges);
      const at = rows.findIndex(({ id }) => id === taskId);
      const dialog = {
        kind: 'graph',
        taskId,
        graph,
        rows,
        place: Math.max(0, at),
        top: 0,
      } as const;
      state.update((now) => (now.dialog === from ? { ...now, dialog } : now));
    });
  } catch (error) {
    toasts.fail(error);
  }
}
