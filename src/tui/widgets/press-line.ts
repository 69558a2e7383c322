import type { ActionId } from '#tui/keys/keymap.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import { keyOf, pressTo } from '#tui/keys/sentences.ts';
import { BOLD } from '#tui/theme.ts';
import { type Spans, span } from './line.tsx';

/** What an empty panel teaches: the person's own key for an action, and what it does. */
export function pressLine(keymap: Keymap, action: ActionId, purpose: string): Spans {
  const key = keyOf(keymap, action);
  if (key === null) return [span(pressTo(keymap, action, purpose))];
  return [span('Press '), span(key, BOLD), span(` ${purpose}.`)];
}
