import { type Modes, NO_MODES } from '#tui/picture/modes.ts';
import type { Overlay } from '#tui/picture/overlay.ts';
import type { State } from '#tui/state.ts';
import type { View } from '#tui/view.ts';

/** What the terminal is to report: what the dashboard wants, or the pane that is typed into, and no mouse where the person keeps it. */
export function modesOf({ mouse, typing }: Pick<View, 'mouse' | 'typing'>, pane: Modes): Modes {
  const wanted = typing === null ? NO_MODES : pane;
  if (!mouse) return { ...wanted, mouse: 'none' };
  return wanted.mouse === 'none' ? { ...wanted, mouse: 'click' } : wanted;
}

/** Tells the terminal each time something else is to be reported. */
export function keepModes(
  state: State,
  overlay: Pick<Overlay, 'setModes'>,
): { ofPane(modes: Modes): void; stop(): void } {
  let pane = NO_MODES;
  const tell = (): void => overlay.setModes(modesOf(state.get().view, pane));
  tell();
  return {
    ofPane(modes) {
      pane = modes;
      tell();
    },
    stop: state.store.subscribe(tell),
  };
}
