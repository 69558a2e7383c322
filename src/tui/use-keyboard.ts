import { useInput, usePaste } from 'ink';
import { performAction } from './actions.ts';
import type { Context } from './context.ts';
import { editsText, pasteInDialog, pressInDialog } from './dialogs/kinds.ts';
import type { Context as KeyContext } from './keys/binding.ts';
import type { Keymap } from './keys/own-keys.ts';
import { type Press, readPresses, singlePresses } from './keys/press.ts';
import type { View } from './view.ts';
import { editText, insertText } from './widgets/text-edit.ts';

/** More characters than this at once, where every character is a key, were pasted by a terminal that does not mark pastes. */
const MOST_KEYS_AT_ONCE = 16;

/** The only place that listens to the keyboard: key press → keymap → action, or → the text that is being edited. */
export function useKeyboard(context: Context, keymap: Keymap): void {
  useInput((input, key) => {
    if (key.eventType === 'release') return;
    context.state.touch();
    for (const press of readPresses(input, key)) handlePress(context, keymap, press);
  });
  usePaste((text) => {
    context.state.touch();
    handlePaste(context, text);
  });
}

/**
 * Esc and the next key, pressed quickly or over a slow line, come as Alt and that key. Where Alt means nothing it is taken for that;
 * while a text is edited it is not, since the key would then act on what lies behind.
 */
function splitEscape(view: View, { name }: Press): Press[] | null {
  if (!/^alt\+[^+]$/u.test(name) || view.filtering) return null;
  if (view.dialog !== null && editsText(view.dialog)) return null;
  const key = name.slice('alt+'.length);
  return [
    { name: 'esc', text: '' },
    { name: key, text: key },
  ];
}

/** What one press, or a run of typed text, does. */
function handlePress(context: Context, keymap: Keymap, press: Press): void {
  const { view } = context.state.get();
  if (view.away) return;
  const meant = splitEscape(view, press);
  if (meant !== null) {
    for (const each of meant) handlePress(context, keymap, each);
  } else if (press.name === 'ctrl+c') context.terminal.exit();
  else if (view.dialog !== null) {
    pressInDialog(context, keymap, view.dialog, press, (rest) =>
      handlePress(context, keymap, rest),
    );
  } else if (view.filtering) pressInFilter(context, keymap, press);
  else pressInLists(context, keymap, press);
}

function handlePaste(context: Context, text: string): void {
  const { view } = context.state.get();
  if (view.away) return;
  if (view.dialog !== null) pasteInDialog(context, view.dialog, text);
  else if (view.filtering) {
    context.state.update((now) => ({ ...now, filter: insertText(now.filter, text.trim(), false) }));
  }
}

function pressInLists(context: Context, keymap: Keymap, press: Press): void {
  const presses = singlePresses(press);
  if (presses.length > MOST_KEYS_AT_ONCE) return;
  for (const [index, single] of presses.entries()) {
    const { view } = context.state.get();
    if (view.dialog !== null || view.filtering) {
      // A form opened in the middle of what was typed: the rest is its text.
      const text = presses
        .slice(index)
        .map((each) => each.text)
        .join('');
      handlePress(context, keymap, { name: text, text });
      return;
    }
    pressInList(context, keymap, single);
  }
}

function pressInList(context: Context, keymap: Keymap, press: Press): void {
  const action = keymap.actionOf(contextsOf(context.state.get().view), press.name);
  if (action !== null) performAction(context, action);
}

function pressInFilter(context: Context, keymap: Keymap, press: Press): void {
  const { state } = context;
  const action = keymap.actionOf(['filter'], press.name);
  if (action !== null) {
    performAction(context, action);
    return;
  }
  if (press.name === 'up' || press.name === 'down') {
    performAction(context, press.name);
    return;
  }
  state.update((view) => {
    const filter = editText(view.filter, press);
    return filter === null ? view : { ...view, filter };
  });
}

/** Where keys are looked up while no dialog is open, the first of which wins. */
export function contextsOf({ focus }: Pick<View, 'focus'>): readonly KeyContext[] {
  if (focus === 'projects') return ['projects', 'everywhere'];
  return focus === 'session' ? ['session', 'tasks', 'everywhere'] : ['tasks', 'everywhere'];
}
