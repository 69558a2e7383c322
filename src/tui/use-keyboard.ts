import { useInput, usePaste } from 'ink';
import { performAction } from './actions.ts';
import type { Context } from './context.ts';
import type { Dialog } from './dialogs/dialog.ts';
import { openHelp } from './dialogs/help/open.ts';
import { contextOf, editsText, isRead, pasteInDialog, pressInDialog } from './dialogs/kinds.ts';
import { contextsOf } from './keys/contexts.ts';
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
function splitEscape(view: View, keymap: Keymap, { name }: Press): Press[] | null {
  if (!/^alt\+[^+]$/u.test(name) || view.filtering) return null;
  if (keymap.actionOf([...contextsOf(view), 'everywhere'], name) !== null) return null;
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
  if (view.typing !== null) {
    context.typing.write(Buffer.from(press.text).toString('latin1'));
    return;
  }
  const meant = splitEscape(view, keymap, press);
  if (meant !== null) {
    for (const each of meant) handlePress(context, keymap, each);
  } else if (press.name === 'ctrl+c') stop(context, keymap, view);
  else if (view.dialog !== null) pressOverDialog(context, keymap, view.dialog, press);
  else if (view.filtering) pressInFilter(context, keymap, press);
  else pressInLists(context, keymap, press);
}

/** Ctrl+C ends the dashboard; over a text that is being written it does what Esc does, which keeps the words. */
function stop(context: Context, keymap: Keymap, { dialog }: View): void {
  const esc = { name: 'esc', text: '' };
  if (dialog !== null && editsText(dialog)) pressInDialog(context, keymap, dialog, esc);
  else context.terminal.exit();
}

/**
 * A run of text is as many keys to a dialog that is only read: one of them may close it, or open a text that the rest belongs to. The key for
 * help means that in each dialog that has no other meaning for it; where text is edited, one that writes nothing does.
 */
function pressOverDialog(context: Context, keymap: Keymap, dialog: Dialog, press: Press): void {
  const singles = isRead(dialog) && !editsText(dialog) ? singlePresses(press) : [press];
  if (singles.length > 1) {
    if (singles.length > MOST_KEYS_AT_ONCE) return;
    for (const single of singles) handlePress(context, keymap, single);
    return;
  }
  const here = contextOf(dialog);
  const isHelp =
    dialog.kind !== 'help' &&
    (press.text === '' || !editsText(dialog)) &&
    keymap.actionOf([here, 'everywhere'], press.name) === 'help';
  if (isHelp) openHelp(context, [here], dialog);
  else pressInDialog(context, keymap, dialog, press);
}

function handlePaste(context: Context, text: string): void {
  const { view } = context.state.get();
  if (view.away || view.typing !== null) return;
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
    if (view.dialog !== null || view.filtering || view.typing !== null) {
      // A form opened in the middle of what was typed, or a pane: the rest is its text.
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
  const isHelp = press.text === '' && keymap.actionOf(['everywhere'], press.name) === 'help';
  const action = keymap.actionOf(['filter'], press.name) ?? (isHelp ? 'help' : null);
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
