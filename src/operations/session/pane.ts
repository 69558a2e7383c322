import { z } from 'zod';
import type { App, Pane } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findLiveSession, type LiveSession } from './find.ts';
import { lookAtSessions } from './look.ts';

const input = z.object({
  task: taskId,
  action: z.enum(['right', 'down', 'close', 'zoom', 'next', 'previous']),
});

/** A new pane has half of the room of the one that it is split from. */
const HALF = 50;

/** Changes the panes of a session; Claude's own is one of them, and stays unless its end is confirmed. */
export const changePanes = defineOperation({
  name: 'session.pane',
  summary: 'Split the focused pane of a session with a shell, close or zoom it, or focus another.',
  command: {
    usage: 'pane <task> <action>',
    confirm: async (app, given: z.infer<typeof input>) =>
      given.action === 'close' ? whatCloses(app, given.task) : null,
  },
  input,
  describe: ({ says }: { says: string }) => says,
  async run(app, { task, action }) {
    const live = await findLiveSession(app, task);
    if (isRefusal(live)) return live;
    switch (action) {
      case 'right':
      case 'down':
        return split(app, live, action);
      case 'close':
        return close(app, live);
      case 'zoom':
        await app.tmux.turn(live.session.id, 'zoom');
        return { says: `Changed the zoom of the focused pane of #${task}.` };
      case 'next':
      case 'previous':
        return focus(app, live, action);
      default:
        return action satisfies never;
    }
  },
});

async function split(
  app: App,
  { task, session, pane }: LiveSession,
  side: 'right' | 'down',
): Promise<{ says: string } | Refusal> {
  const of = (await app.tmux.focusedPane(session.id)) ?? pane;
  const argv = app.claude.writeShell(session.id, app.host.environment);
  const place = { of, side, percent: HALF, focus: true };
  const opened = await app.tmux.openShell({ ...place, cwd: session.worktree, argv });
  return isRefusal(opened) ? opened : { says: `Opened a shell in #${task.id}; it has the keys.` };
}

async function focus(
  app: App,
  { task, session }: LiveSession,
  to: 'next' | 'previous',
): Promise<{ says: string } | Refusal> {
  const { panes } = await panesOf(app, session.id);
  if (panes.length < 2) {
    return refuse(`#${task.id} has one pane only.`, `Split it: claustre pane ${task.id} right`);
  }
  await app.tmux.turn(session.id, to);
  const { focused } = await panesOf(app, session.id);
  return { says: `The keys of #${task.id} go to ${nameOf(focused)}.` };
}

function nameOf(pane: Pane | null): string {
  if (pane?.review) return 'the review loop';
  return pane?.beside ? 'a shell' : 'Claude';
}

async function close(app: App, live: LiveSession): Promise<{ says: string } | Refusal> {
  const { task, session } = live;
  const found = await closable(app, live);
  if (isRefusal(found)) return found;
  await app.tmux.closePane(found.pane);
  if (found.review) {
    return {
      says: `Closed the review loop of #${task.id}; it comes back until \`claustre edit ${task.id} --no-loop\`.`,
    };
  }
  if (found.beside) return { says: `Closed a shell of #${task.id}.` };
  // What it means for the task is known at once, and not after the next look of the supervisor.
  await lookAtSessions(app, [session.taskId]);
  return {
    says: `Closed the pane of Claude in #${task.id}; \`claustre launch ${task.id}\` resumes its conversation.`,
  };
}

/** The pane that would be closed; refuses the last one, which is the session itself. */
async function closable(app: App, { task, session }: LiveSession): Promise<Pane | Refusal> {
  const { panes, focused } = await panesOf(app, session.id);
  if (focused !== null && panes.length > 1) return focused;
  return refuse(`The last pane of #${task.id} stays.`, `End the session: claustre kill ${task.id}`);
}

/** The question before a pane with something in it is closed; null for a shell at its prompt. */
async function whatCloses(app: App, task: number): Promise<string | null | Refusal> {
  const live = await findLiveSession(app, task);
  const pane = isRefusal(live) ? live : await closable(app, live);
  if (isRefusal(pane)) return pane;
  if (!pane.beside) return `Close the pane of Claude in #${task}? Its turn ends.`;
  if (pane.dead || SHELL.test(pane.command)) return null;
  return `Close a pane of #${task}? "${pane.command}" runs in it.`;
}

/** Names of programs that are a shell at its prompt. */
const SHELL = /^-?(?:(?:ba|da|a|z|k|mk|fi|c|tc|r|ya|o|pw|xon)?sh|nu|elvish)$/;

async function panesOf(
  { tmux }: App,
  session: string,
): Promise<{ panes: Pane[]; focused: Pane | null }> {
  const panes = (await tmux.panes()).filter((pane) => pane.session === session);
  const id = await tmux.focusedPane(session);
  return { panes, focused: panes.find(({ pane }) => pane === id) ?? null };
}
