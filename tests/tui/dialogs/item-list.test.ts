import { describe, expect, test } from 'vitest';
import { type ItemList, itemList, pasteInItems, pressInItems } from '#tui/dialogs/item-list.ts';

const item = (text: string) => ({ text, done: false });
const ABC = itemList([item('a'), item('b'), item('c')]);

/** Presses keys; a word of more than one letter that is no key is typed. */
function press(list: ItemList, ...names: string[]): ItemList {
  return names.reduce((now, name) => {
    const typed = /^(up|down|enter|esc|delete|ctrl\+d|alt\+\w+)$/.test(name) ? '' : name;
    return pressInItems(now, { name, text: typed }) ?? now;
  }, list);
}

const texts = ({ items }: ItemList) => items.map(({ text }) => text);

describe('a list of items', () => {
  test.each(['j', 'k', 'd', 'q'])('a new item may begin with %s', (letter) => {
    expect(texts(press(ABC, letter, 'ump', 'enter'))).toEqual(['a', 'b', 'c', `${letter}ump`]);
  });

  test('blanks alone are no item', () => {
    expect(texts(press(ABC, '   ', 'enter'))).toEqual(['a', 'b', 'c']);
  });

  test('arrows select from the input upwards and come back to it', () => {
    expect(press(ABC, 'up').selected).toBe(2);
    expect(press(ABC, 'up', 'up', 'up', 'up').selected).toBe(0);
    expect(press(ABC, 'up', 'down').selected).toBeNull();
  });

  test('arrows mean nothing while something is typed, so that it stays', () => {
    expect(pressInItems(press(ABC, 'x'), { name: 'up', text: '' })).toBeNull();
  });

  test('Enter on a selected item edits it, Enter saves, Esc leaves it as it was', () => {
    const editing = press(ABC, 'up', 'up', 'enter');
    expect(editing).toMatchObject({ editing: 1, input: { text: 'b' } });
    expect(texts(press(editing, 'ig', 'enter'))).toEqual(['a', 'big', 'c']);
    expect(press(editing, 'ig', 'esc')).toMatchObject({ items: ABC.items, editing: null });
  });

  test.each(['ctrl+d', 'delete'])('%s deletes the selected item and selects the next', (key) => {
    const after = press(ABC, 'up', 'up', key);
    expect(texts(after)).toEqual(['a', 'c']);
    expect(after.selected).toBe(1);
    expect(press(itemList([item('a')]), 'up', key)).toMatchObject({ items: [], selected: null });
  });

  test('ctrl+d while typing edits the text and deletes no item', () => {
    expect(texts(press(ABC, 'up', 'x', 'ctrl+d'))).toEqual(['a', 'b', 'c']);
  });

  test('each pasted line becomes an item, the last stays in the input', () => {
    const pasted = pasteInItems(ABC, 'one\ntwo\r\n\nthree');
    expect(texts(pasted)).toEqual(['a', 'b', 'c', 'one', 'two']);
    expect(pasted.input.text).toBe('three');
  });
});

test('the selected item moves up and down in the order, as far as it goes', () => {
  const texts = (list: ItemList) => list.items.map(({ text }) => text).join('');
  const up = press(ABC, 'up', 'alt+up');
  expect(texts(up)).toBe('acb');
  expect(up.selected).toBe(1);
  expect(texts(press(up, 'alt+up', 'alt+up'))).toBe('cab');
  expect(texts(press(up, 'alt+down', 'alt+down'))).toBe('abc');
  expect(pressInItems(ABC, { name: 'alt+up', text: '' })).toBeNull();
});
