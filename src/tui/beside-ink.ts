import type { App } from '#app.ts';
import type { Keymap } from './keys/own-keys.ts';
import { keepModes } from './mouse/keep-modes.ts';
import { createInput, type Input } from './picture/input.ts';
import { createOverlay, type Overlay } from './picture/overlay.ts';
import { createPicture, type Picture } from './picture.ts';
import type { State } from './state.ts';
import type { Toasts } from './toasts.ts';
import { createTyping, type Typing } from './typing/typing.ts';

/** What works on the terminal beside Ink: the rectangle with the pane, the input before Ink, the mouse. */
export interface BesideInk {
  readonly overlay: Overlay;
  readonly input: Input;
  readonly picture: Picture;
  readonly typing: Typing;
  close(): void;
}

export function createBesideInk(
  app: App,
  state: State,
  toasts: Toasts,
  terminal: {
    readonly stdin: NodeJS.ReadStream;
    readonly stdout: NodeJS.WriteStream;
    readonly keymap: Keymap;
    /** Whether panes are drawn in their colours. */
    readonly colors: boolean;
  },
): BesideInk {
  const overlay = createOverlay(terminal.stdout);
  const input = createInput(terminal.stdin);
  const modes = keepModes(state, overlay);
  const typing = createTyping({
    ...{ app, state, toasts, overlay, input, onModes: modes.ofPane },
    keymap: terminal.keymap,
    colors: terminal.colors,
    // tmux 3.3 crashes, with every session, when it has to tell of a client that attaches while a control client is just connecting.
    beforeAttach: () => picture.settled(),
  });
  const picture: Picture = createPicture(
    app.tmux,
    overlay,
    (note) => state.update((view) => ({ ...view, pictureNote: note })),
    typing.place,
    terminal.colors,
  );
  return {
    overlay,
    input,
    picture,
    typing,
    close() {
      typing.close();
      modes.stop();
      picture.close();
      overlay.close();
    },
  };
}
