import { keyLabel } from '#format/key.ts';
import type { ActionId } from './keymap.ts';
import type { Keymap } from './own-keys.ts';

/** The key that the person has for an action of the lists, as people read it; null where it has none. */
export function keyOf(keymap: Keymap, action: ActionId): string | null {
  const key = bindingOf(keymap, action)?.keys[0];
  return key === undefined ? null : keyLabel(key);
}

/**
 * What to do for an action, as an instruction with the person's own key: `Press l to launch it.` An action without a key is named as the
 * palette has it.
 */
export function pressTo(keymap: Keymap, action: ActionId, purpose: string): string {
  const key = keyOf(keymap, action);
  return key === null
    ? `Choose “${labelOf(keymap, action)}” among the commands${paletteKey(keymap)} ${purpose}.`
    : `Press ${key} ${purpose}.`;
}

function paletteKey(keymap: Keymap): string {
  const key = keyOf(keymap, 'palette');
  return key === null ? '' : ` (${key})`;
}

function labelOf(keymap: Keymap, action: ActionId): string {
  return keymap.all.find((each) => each.action === action && !each.fixed)?.label ?? action;
}

/** The one that holds in all panels before others. Keys of dialogs are fixed, and mean something only there. */
function bindingOf(keymap: Keymap, action: ActionId) {
  const found = keymap.bindings.filter((each) => each.action === action && !each.fixed);
  return found.find(({ context }) => context === 'everywhere') ?? found[0];
}
