import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { isSamePrompt, pastable } from '#domain/prompt.ts';
import type { Session } from '#domain/session.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findLiveSession, type LiveSession } from './find.ts';
import { lookAtSessions } from './look.ts';

/** Claude needs this long after a paste before an Enter submits it instead of adding a line. */
const PASTE_SETTLE_MS = 300;
/** Claude reports a prompt within a tenth of a second; what did not come by then did not go in. */
const TAKEN_MS = 3_000;
/** A paste of this size still arrives whole; more belongs into a file. */
const MAX_BYTES = 100_000;
/** Its box may hold several lines of a draft, and one C-u empties one line. */
const CLEAR_LINES = 10;

export const sendToSession = defineOperation({
  name: 'session.send',
  summary: 'Send a prompt to the Claude of a task; succeeds only when Claude took it.',
  command: { usage: 'send <task> <text>', json: true, texts: ['text'] },
  input: z.object({ task: taskId, text: z.string() }),
  describe: (sent: { task: number }) => `Claude took it (#${sent.task}).`,
  async run(app, given) {
    const text = pastable(given.text);
    if (text.trim() === '') return refuse('There is nothing to send.', undefined, 'invalid');
    if (new TextEncoder().encode(text).length > MAX_BYTES) {
      return refuse(
        `The text has more than ${MAX_BYTES / 1000} kB.`,
        'Write it into a file of the worktree and tell Claude to read that.',
        'invalid',
      );
    }
    const live = await findLiveSession(app, given.task);
    if (isRefusal(live)) return live;
    const wrong = whyNotSend(live.session, given.task);
    if (wrong !== undefined) return wrong;
    const box = await findInputBox(app, live);
    if (isRefusal(box)) return box;
    return deliver(app, live, text);
  },
});

/** Enter on a permission prompt approves it, so nothing is typed unless Claude waits at its prompt. */
function whyNotSend(session: Session, id: number): Refusal | undefined {
  const { name, detail } = session.activity;
  switch (name) {
    case 'idle':
      return undefined;
    case 'permission':
    case 'question':
    case 'plan':
      return refuse(
        `Claude waits for an answer in #${id}${detail === null ? '' : `: ${detail}`}.`,
        `Answer it first: claustre attach ${id}`,
      );
    case 'limited':
      return refuse(`Claude is at its usage limit in #${id}.`, 'Wait for the reset.');
    case 'starting':
    case 'working':
      return refuse(`Claude works in #${id}.`, `Wait until it is idle: claustre why ${id}`);
    case 'ended':
    case 'lost':
      return refuse(`Claude has ended in #${id}.`, `Resume it: claustre launch ${id}`);
    default:
      return name satisfies never;
  }
}

/** Some menus report "idle" too; the box between its rules is the proof that typing goes to the prompt. */
async function findInputBox(app: App, live: LiveSession): Promise<Refusal | undefined> {
  const screen = await app.tmux.readText(live.pane, 50);
  if (isRefusal(screen)) return screen;
  if (/^\s*[│┃|]?\s*[❯>]/m.test(screen)) return undefined;
  return refuse(
    `Claude's input box is not on the screen of #${live.task.id}.`,
    `See what is there: claustre attach ${live.task.id}`,
  );
}

async function deliver(
  app: App,
  live: LiveSession,
  text: string,
): Promise<{ task: number; taken: true } | Refusal> {
  const { tmux, clock } = app;
  const before = live.session.promptedAt ?? 0;
  await tmux.sendKeys(
    live.pane,
    Array.from({ length: CLEAR_LINES }, () => 'C-u'),
  );
  await tmux.paste(live.pane, text);
  await clock.wait(PASTE_SETTLE_MS);
  await tmux.sendKeys(live.pane, ['Enter']);
  if (await isTaken(app, live, before, text)) return { task: live.task.id, taken: true };
  await lookAtSessions(app, [live.task.id]);
  const session = app.store.sessions.find(live.session.id);
  const wrong = session === null ? undefined : whyNotSend(session, live.task.id);
  if (wrong !== undefined && session?.activity.name !== 'working') return wrong;
  // The text may still stand in the box: one more Enter, and no more than one.
  await tmux.sendKeys(live.pane, ['Enter']);
  if (await isTaken(app, live, before, text)) return { task: live.task.id, taken: true };
  return refuse(
    `Claude did not take the text in #${live.task.id}.`,
    `See what is there: claustre attach ${live.task.id}`,
  );
}

async function isTaken(
  app: App,
  live: LiveSession,
  before: number,
  text: string,
): Promise<boolean> {
  const { store, clock } = app;
  const deadline = clock.now() + TAKEN_MS;
  for (;;) {
    const session = store.sessions.find(live.session.id);
    if (session !== null && (session.promptedAt ?? 0) > before) {
      const taken = store.events
        .ofTask(live.task.id, 20)
        .map((event) => event.data.prompt)
        .findLast((prompt) => typeof prompt === 'string');
      // The event keeps the beginning of a long prompt.
      if (typeof taken === 'string') return isSamePrompt(text, taken) || text.startsWith(taken);
    }
    if (clock.now() > deadline) return false;
    await clock.wait(50);
  }
}
