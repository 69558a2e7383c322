import type { App, Snapshot } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import { pressTo } from '#tui/keys/sentences.ts';
import { type Area, isInside, pictureArea } from '#tui/layout.ts';
import { createGrab } from '#tui/mouse/grab.ts';
import type { Input } from '#tui/picture/input.ts';
import { type Modes, NO_MODES } from '#tui/picture/modes.ts';
import type { Overlay } from '#tui/picture/overlay.ts';
import type { MouseReport } from '#tui/picture/typed.ts';
import type { State } from '#tui/state.ts';
import type { Toasts } from '#tui/toasts.ts';
import { layoutOf, selectedTask, type View } from '#tui/view.ts';
import type { Pane } from './pane.ts';
import { returnKeySequences, splitAt } from './return-key.ts';

/** Typing into the pane of a session without leaving the dashboard. */
export interface Typing {
  /** Begins with the session of the selected task; from now on what is typed is the pane's. */
  begin(): void;
  /** What was typed together with the key that began. */
  write(text: string): void;
  /** The cells of the picture, said again each time they were emptied. */
  place(area: Area | null): void;
  /** Whether the report was the pane's. A click elsewhere ends typing and is left to the dashboard. */
  mouse(report: MouseReport): boolean;
  close(): void;
}

export interface TypingParts {
  readonly app: App;
  readonly state: State;
  readonly keymap: Keymap;
  readonly toasts: Toasts;
  readonly overlay: Pick<Overlay, 'setRows' | 'copy'>;
  /** Whether panes are drawn in their colours. */
  readonly colors: boolean;
  readonly input: Pick<Input, 'route'>;
  /** A client is attached only after this. */
  readonly beforeAttach: () => Promise<void>;
  /** What the pane wants the terminal to report; none when nobody types. */
  readonly onModes: (modes: Modes) => void;
}

/** No typing, for screens without a live terminal below them. */
export const NO_TYPING: Typing = {
  begin() {},
  write() {},
  place() {},
  mouse: () => false,
  close() {},
};

const tooSmall = (keymap: Keymap): Refusal =>
  refuse(
    'The terminal is too small to type into the pane here.',
    pressTo(keymap, 'attach', 'to go into the session instead'),
  );

export function createTyping(parts: TypingParts): Typing {
  const { app, state, keymap, toasts, input, onModes } = parts;
  const returnKey = returnKeySequences(app.config.settings.tmux.returnKey);
  let pane: Pane | null = null;
  let area: Area | null = null;
  let early: [text: string, pasted: boolean][] = [];
  /** Each time of typing is another one, so that what comes late of an earlier one is told apart. */
  let turn = 0;
  let ownerOf = createGrab();

  const isTyping = (): boolean => state.get().view.typing !== null;
  const leave = (why?: Refusal): void => {
    if (!isTyping()) return;
    turn += 1;
    input.route(null);
    pane?.close();
    pane = null;
    onModes(NO_MODES);
    state.update((view) => ({ ...view, typing: null }));
    if (why !== undefined) toasts.refuse(why);
  };
  const send = (text: string, pasted: boolean): void => {
    if (pane !== null) pane.send(text, pasted);
    else early.push([text, pasted]);
  };
  const take = (text: string, pasted: boolean): string => {
    const split = pasted ? null : splitAt(text, returnKey);
    send(split?.before ?? text, pasted);
    if (split !== null) leave();
    return split?.after ?? '';
  };
  const open = async (task: number, first: Area): Promise<void> => {
    const mine = turn;
    const found = await openPane(parts, task, first, (why) => {
      if (mine === turn) leave(why);
    });
    if (isRefusal(found)) return mine === turn ? leave(found) : undefined;
    if (mine !== turn) return found.close();
    pane = found;
    // It may have been moved while the client was made.
    if (area !== null) pane.place(area);
    for (const typed of early) pane.send(...typed);
  };
  const stopWatching = state.store.subscribe(({ snapshot, view }) => {
    const over = whyOver(snapshot, view, keymap);
    if (over !== undefined) leave(over);
  });
  return {
    begin() {
      const { snapshot, view } = state.get();
      const task = selectedTask(snapshot, view)?.id ?? null;
      if (task === null || isTyping()) return;
      area = areaFor({ ...view, typing: task, focus: 'session' });
      if (area === null) return toasts.refuse(tooSmall(keymap));
      turn += 1;
      early = [];
      ownerOf = createGrab();
      input.route(take);
      state.update((now) => ({ ...now, typing: task, focus: 'session' }));
      open(task, area).catch((error: unknown) => {
        leave();
        toasts.fail(error);
      });
    },
    write: (text) => send(text, false),
    place(next) {
      if (!isTyping() || next === null) return;
      area = next;
      pane?.place(next);
    },
    mouse(report) {
      if (!isTyping() || area === null) return false;
      const owner = ownerOf(report, isInside(area, report.x, report.y));
      if (owner === 'program') pane?.mouse(report);
      if (owner === 'dashboard') leave();
      return owner !== 'dashboard';
    },
    close() {
      stopWatching();
      leave();
    },
  };
}

/** Why typing cannot go on; undefined while it can, or nobody types. */
function whyOver(snapshot: Snapshot, view: View, keymap: Keymap): Refusal | undefined {
  const task = view.typing;
  if (task === null) return undefined;
  const activity = snapshot.sessions.get(task)?.activity.name;
  if (activity === undefined) return refuse(`The session of #${task} is over.`);
  if (activity === 'ended' || activity === 'lost') {
    return refuse(
      `Claude has ended in the pane of #${task}.`,
      pressTo(keymap, 'launch', 'to resume its conversation'),
    );
  }
  return areaFor(view) === null ? tooSmall(keymap) : undefined;
}

/** Where the pane is shown while it is typed into; null when there is no room. */
function areaFor(view: View): Area | null {
  return pictureArea(layoutOf(view)?.session ?? null, true);
}

/** Attaches a client and shows it. What that needs is loaded only now: the dashboard itself needs none of it. */
async function openPane(
  { app, keymap, overlay, colors, onModes, beforeAttach }: TypingParts,
  task: number,
  area: Area,
  onEnd: (why?: Refusal) => void,
): Promise<Pane | Refusal> {
  const [{ createPane }, { openSessionTerminal }] = await Promise.all([
    import('./pane.ts'),
    import('#operations/session/terminal.ts'),
    beforeAttach(),
  ]);
  const size = { columns: area.width, rows: area.height };
  const client = await openSessionTerminal(app, { task, size });
  if (isRefusal(client)) return client;
  client.onEnd((said) => onEnd(whyEnded(task, said, keymap)));
  return createPane(client, overlay, area, { colors, onModes, onCopy: overlay.copy });
}

/** Why the client ended, unless it was the key that leads back, which tmux hears too. */
function whyEnded(task: number, said: string, keymap: Keymap): Refusal | undefined {
  if (said.startsWith('[detached')) return undefined;
  if (said === '[exited]') return refuse(`The session of #${task} is over.`);
  return refuse(
    `tmux ended the connection to #${task}${said === '' ? '' : `: ${said}`}.`,
    pressTo(keymap, 'type', 'to type again'),
  );
}
