import { z } from 'zod';
import type { App } from '#app.ts';
import { isAsking } from '#domain/activity.ts';
import { boxOn, rowsOn, withoutBlanks } from '#domain/claude/input-box.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { pastable } from '#domain/prompt.ts';
import { limitHold } from '#domain/queue/limit.ts';
import type { Session } from '#domain/session.ts';
import { formatMoment } from '#domain/words/clock-time.ts';
import { isReported, takeReports } from '#operations/attempt/reported.ts';
import { tellPrinting } from '#operations/attempt/tell.ts';
import { awaitPrompt, wakeParked } from '#operations/attempt/wake.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findLiveSession, type LiveSession } from './find.ts';
import { lookAtSessions } from './look.ts';

/** Claude needs this long after a paste before an Enter submits it instead of adding a line. */
const PASTE_SETTLE_MS = 300;
/** Claude reports a prompt within a tenth of a second; what did not come by then did not go in. */
const TAKEN_MS = 3_000;
/** Claude tells that it has started before it reads keys as keys: what comes earlier than this it takes for text. */
const STARTED_MS = 1_500;
/** A paste of this size still arrives whole; more belongs into a file. */
const MAX_BYTES = 100_000;
/** Its box may hold lines of a draft that are not shown, and one C-u empties one line. */
const CLEAR_MORE = 10;

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
    if (app.store.rounds.openOf(given.task)?.kind === 'review') {
      return refuse(
        `A round of the review loop works in the worktree of #${given.task}.`,
        `Wait until it has ended: claustre rounds ${given.task}. \`claustre edit ${given.task} --no-loop\` ends it.`,
      );
    }
    // What is still parked is older than this text, and must not look like a report of it.
    takeReports(app);
    const session = app.store.sessions.openOf(given.task);
    if (session?.runner === 'headless') return tellPrinting(app, given.task, text);
    const awake = await wakeParked(app, given.task);
    if (isRefusal(awake)) return awake;
    if (awake) {
      const ready = await awaitPrompt(app, given.task);
      if (isRefusal(ready)) return ready;
    }
    const live = await findLiveSession(app, given.task);
    if (isRefusal(live)) return live;
    const wrong = whyNotSend(app, live.session, given.task);
    if (wrong !== undefined) return wrong;
    await sinceItsStart(app, live.session);
    const now = app.store.sessions.find(live.session.id) ?? live.session;
    const changed = whyNotSend(app, now, given.task);
    if (changed !== undefined) return changed;
    const rows = await findInputBox(app, live);
    if (isRefusal(rows)) return rows;
    return deliver(app, live, text, rows);
  },
});

/** Enter on a permission prompt approves it, so nothing is typed unless Claude waits at its prompt. */
function whyNotSend(app: App, session: Session, id: number): Refusal | undefined {
  const { name, detail } = session.activity;
  switch (name) {
    case 'idle':
      return undefined;
    case 'permission':
    case 'question':
    case 'plan':
      return refuse(
        `Claude waits for an answer in #${id}${detail === null ? '' : `: ${detail}`}.`,
        `Answer it first: claustre answer ${id}, or in its session: claustre attach ${id}`,
      );
    case 'limited':
      return whyLimited(app, id);
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

/** A Claude that was stopped by a usage limit stands at its prompt, and goes on once the limit is over. */
function whyLimited({ store, clock }: App, id: number): Refusal | undefined {
  const hold = limitHold(store.attempts.limits(), { reservePercent: 0 }, clock.now());
  if (hold === null) return undefined;
  const until = formatMoment(hold.until, clock.now());
  return refuse(`Claude is at its usage limit in #${id} until ${until}.`, 'Wait for the reset.');
}

/** Waits for a Claude that has just started, and has taken nothing since. */
async function sinceItsStart({ clock }: App, session: Session): Promise<void> {
  const { activity, movedAt, promptedAt, turnEndedAt } = session;
  if (Math.max(promptedAt ?? 0, turnEndedAt ?? 0) > movedAt) return;
  const rest = activity.since + STARTED_MS - clock.now();
  if (rest > 0) await clock.wait(rest);
}

/** Some menus report "idle" too; the box between its rules is the proof that typing goes to the prompt. Returns how many rows it has. */
async function findInputBox(app: App, live: LiveSession): Promise<number | Refusal> {
  const screen = await app.tmux.readText(live.pane, 50);
  if (isRefusal(screen)) return screen;
  const rows = rowsOn(screen).length;
  if (rows > 0) return rows;
  return refuse(
    `Claude's input box is not on the screen of #${live.task.id}.`,
    `See what is there: claustre attach ${live.task.id}`,
  );
}

async function deliver(
  app: App,
  live: LiveSession,
  text: string,
  rows: number,
): Promise<{ task: number; taken: true } | Refusal> {
  const { tmux, clock } = app;
  const before = live.session.promptedAt ?? 0;
  await tmux.sendKeys(
    live.pane,
    Array.from({ length: rows + CLEAR_MORE }, () => 'C-u'),
  );
  await tmux.paste(live.pane, text);
  await clock.wait(PASTE_SETTLE_MS);
  await tmux.sendKeys(live.pane, ['Enter']);
  const taken = { task: live.task.id, taken: true } as const;
  if (await isTaken(app, live, before, text)) return taken;
  const first = await whatBecameOf(app, live, text);
  if (isRefusal(first)) return first;
  // Enter into a turn that runs may approve what it asks by now: one more, and no more than one, only for a text that waits in the box.
  if (first === 'in the box') await tmux.sendKeys(live.pane, ['Enter']);
  if (await isTaken(app, live, before, text)) return taken;
  const last = await whatBecameOf(app, live, text);
  if (isRefusal(last)) return last;
  if (last === 'in the box') {
    return refuse(
      `Claude did not take the text in #${live.task.id}; it stands in its input box.`,
      `See what is there: claustre attach ${live.task.id}`,
    );
  }
  return refuse(
    `It is not known whether Claude took the text in #${live.task.id}: it reported nothing.`,
    `Look before you send it again: claustre attach ${live.task.id}`,
  );
}

/** Where the text is that nothing was reported of; refuses when nobody is there any more who could take it. */
async function whatBecameOf(
  app: App,
  { task, session, pane }: LiveSession,
  text: string,
): Promise<'in the box' | 'unknown' | Refusal> {
  await lookAtSessions(app, [task.id]);
  const now = app.store.sessions.find(session.id) ?? session;
  const { name } = now.activity;
  // It came to work or to ask by something: most likely by our text.
  if (name === 'working' || isAsking(name)) return 'unknown';
  const wrong = whyNotSend(app, now, task.id);
  if (wrong !== undefined) return wrong;
  // Read after the look: a dialog that opened meanwhile stands where the box was.
  const screen = await app.tmux.readText(pane, 50);
  if (isRefusal(screen)) return screen;
  return isInBox(screen, text) ? 'in the box' : 'unknown';
}

/** Whether the box holds the text, or the part of it that is shown; Claude shows a long one as "[Pasted text #1 +20 lines]". */
function isInBox(screen: string, text: string): boolean {
  const box = boxOn(screen);
  if (box === null || box === '') return false;
  return withoutBlanks(text).includes(box) || /\[Pastedtext#\d+/.test(box);
}

/** Waits until Claude reports the text; false when it did not in its time. */
async function isTaken(
  app: App,
  live: LiveSession,
  before: number,
  text: string,
): Promise<boolean> {
  const { clock } = app;
  const deadline = clock.now() + TAKEN_MS;
  for (;;) {
    takeReports(app);
    if (isReported(app, { task: live.task.id, session: live.session.id }, before, text))
      return true;
    if (clock.now() > deadline) return false;
    await clock.wait(50);
  }
}
