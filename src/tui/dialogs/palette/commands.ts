import type { Snapshot } from '#app.ts';
import type { Refusal } from '#domain/error.ts';
import type { ActionId } from '#tui/keys/keymap.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import { whyNot } from '#tui/rules.ts';
import type { View } from '#tui/view.ts';
import { LETTERS_ONLY, rank } from './rank.ts';

/** One thing that the dashboard can do. */
export interface PaletteCommand {
  readonly action: ActionId;
  readonly label: string;
  readonly keys: readonly string[];
  /** Why it cannot be done now; undefined when it can. */
  readonly refusal: Refusal | undefined;
}

/** Moves of the cursor are quicker with their keys than with any list. */
const MOVES: ReadonlySet<ActionId> = new Set([
  'up',
  'down',
  'top',
  'bottom',
  'page_up',
  'page_down',
  'next_panel',
  'previous_panel',
  'enter_project',
  'palette',
]);

const byKeymap = new WeakMap<Keymap, readonly Omit<PaletteCommand, 'refusal'>[]>();

/** Every action of the lists once, with all its keys. */
function commandsOf(keymap: Keymap): readonly Omit<PaletteCommand, 'refusal'>[] {
  const known = byKeymap.get(keymap);
  if (known !== undefined) return known;
  const commands = new Map<ActionId, Omit<PaletteCommand, 'refusal'>>();
  for (const { action, label, keys, fixed } of keymap.all) {
    if (fixed || MOVES.has(action)) continue;
    const before = commands.get(action);
    const all = [...new Set([...(before?.keys ?? []), ...keys])];
    commands.set(action, { action, label: before?.label ?? label, keys: all });
  }
  const all = [...commands.values()];
  byKeymap.set(keymap, all);
  return all;
}

/**
 * The commands that fit what was typed, the best first; of equal ones those that were used last. What can be done now has no part in it: the
 * order does not change under the cursor when a task does.
 */
export function foundCommands(
  keymap: Keymap,
  snapshot: Snapshot,
  view: View,
  query: string,
): readonly PaletteCommand[] {
  const recent = (action: ActionId): number => {
    const place = view.usedCommands.indexOf(action);
    return place === -1 ? view.usedCommands.length : place;
  };
  const found = commandsOf(keymap).flatMap((command) => {
    const { action, label } = command;
    const fits = [rank(query, label), rank(query, action.replaceAll('_', ' '))];
    const ranks = fits.filter((each) => each !== null);
    if (ranks.length === 0) return [];
    const refusal = whyNot(action, { snapshot, view }, keymap);
    const order = [Math.min(...ranks), recent(action)];
    return { command: { ...command, refusal }, order };
  });
  const wordsFit = found.some(({ order }) => (order[0] ?? 0) < LETTERS_ONLY);
  return found
    .filter(({ order }) => !wordsFit || (order[0] ?? 0) < LETTERS_ONLY)
    .sort((one, other) => compare(one.order, other.order))
    .map(({ command }) => command);
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
