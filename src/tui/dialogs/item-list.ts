import type { Press } from '#tui/keys/press.ts';
import { EMPTY_TEXT, editText, type TextState, textState } from '#tui/widgets/text-edit.ts';

export interface Item {
  readonly text: string;
  readonly done: boolean;
}

/** Texts in order, with one input below them. */
export interface ItemList {
  readonly items: readonly Item[];
  /** The item that keys act on; null while the input is meant. */
  readonly selected: number | null;
  /** The item whose text is in the input. */
  readonly editing: number | null;
  readonly input: TextState;
}

export function itemList(items: readonly Item[]): ItemList {
  return { items, selected: null, editing: null, input: EMPTY_TEXT };
}

/** The list after a key press; null when the key means nothing to it (then it may mean something to what it is part of). */
export function pressInItems(list: ItemList, press: Press): ItemList | null {
  const empty = list.input.text === '';
  switch (press.name) {
    case 'up':
      return empty ? moved(list, -1) : null;
    case 'down':
      return empty ? moved(list, 1) : null;
    case 'alt+up':
    case 'shift+up':
      return shifted(list, -1);
    case 'alt+down':
    case 'shift+down':
      return shifted(list, 1);
    case 'enter':
      return entered(list);
    case 'esc':
      return left(list);
    case 'ctrl+d':
    case 'delete':
      if (empty && list.selected !== null) return without(list, list.selected);
      break;
    default:
  }
  const input = editText(list.input, press);
  if (input === null) return null;
  // Typing means a new item, unless one is being edited.
  return { ...list, input, selected: list.editing };
}

/** Puts pasted text in: each of its lines becomes an item, the last one stays in the input. */
export function pasteInItems(list: ItemList, text: string): ItemList {
  const lines = text.split(/\r\n?|\n/);
  const last = lines.pop() ?? '';
  let next = list;
  for (const line of lines) {
    next = pressInItems(next, { name: 'text', text: line }) ?? next;
    next = entered(next) ?? next;
  }
  return pressInItems(next, { name: 'text', text: last }) ?? next;
}

function moved(list: ItemList, by: number): ItemList | null {
  const count = list.items.length;
  if (count === 0) return null;
  if (list.selected === null) return by < 0 ? { ...list, selected: count - 1 } : null;
  const next = list.selected + by;
  return { ...list, selected: next >= count ? null : Math.max(0, next) };
}

/** The selected item in another place; the list itself when it can go no further. */
function shifted(list: ItemList, by: number): ItemList | null {
  const { items, selected, editing } = list;
  if (selected === null || editing !== null) return null;
  const to = selected + by;
  const [item, other] = [items[selected], items[to]];
  if (item === undefined || other === undefined) return list;
  const order = items.map((each, at) => (at === selected ? other : at === to ? item : each));
  return { ...list, items: order, selected: to };
}

function entered(list: ItemList): ItemList | null {
  const text = list.input.text.trim();
  if (list.editing !== null) {
    if (text === '') return list;
    const items = list.items.map((item, index) =>
      index === list.editing ? { ...item, text } : item,
    );
    return { items, selected: list.editing, editing: null, input: EMPTY_TEXT };
  }
  if (text !== '') return itemList([...list.items, { text, done: false }]);
  const chosen = list.selected === null ? undefined : list.items[list.selected];
  return chosen === undefined
    ? null
    : { ...list, editing: list.selected, input: textState(chosen.text) };
}

/** Esc first leaves the item being edited, then the selection; typed text stays. */
function left(list: ItemList): ItemList | null {
  if (list.editing !== null) return { ...list, editing: null, input: EMPTY_TEXT };
  return list.selected === null ? null : { ...list, selected: null };
}

function without(list: ItemList, index: number): ItemList {
  const items = list.items.filter((_, at) => at !== index);
  const selected = items.length === 0 ? null : Math.min(index, items.length - 1);
  return { ...itemList(items), selected };
}
