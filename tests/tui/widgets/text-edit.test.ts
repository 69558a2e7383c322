import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editText, insertText, replaceText, type TextState } from '#tui/widgets/text-edit.ts';

/** `|` stands for the cursor. */
function parse(text: string): TextState {
  const cursor = text.indexOf('|');
  return { text: text.replace('|', ''), cursor };
}

const show = ({ text, cursor }: TextState) => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

const press = (name: string, text = '') => ({ name, text });

describe('editing keys', () => {
  test.each([
    ['left', 'ab|c', 'a|bc'],
    ['left', '|abc', '|abc'],
    ['right', 'ab|c', 'abc|'],
    ['left', 'a👨‍👩‍👧|b', 'a|👨‍👩‍👧b'],
    ['right', 'a|é́b', 'aé́|b'],
    ['backspace', 'a👍🏽|', 'a|'],
    ['delete', '|👍🏽a', '|a'],
    ['home', 'one\ntw|o', 'one\n|two'],
    ['end', 'one\n|two\nx', 'one\ntwo|\nx'],
    ['ctrl+a', 'on|e', '|one'],
    ['ctrl+e', 'on|e', 'one|'],
    ['alt+left', 'one two|', 'one |two'],
    ['alt+b', 'one two |', 'one |two '],
    ['alt+right', '|one two', 'one| two'],
    ['alt+f', 'one| two', 'one two|'],
    ['ctrl+w', 'one two|', 'one |'],
    ['alt+backspace', 'größe日本|', '|'],
    ['ctrl+u', 'one\ntwo thr|ee', 'one\n|ee'],
    ['ctrl+k', 'one\nt|wo\nx', 'one\nt|\nx'],
    ['ctrl+d', '|ab', '|b'],
    ['alt+d', 'one| two x', 'one| x'],
  ])('%s turns %s into %s', (name, from, to) => {
    const edited = editText(parse(from), press(name), true);
    expect(edited && show(edited)).toBe(to);
  });

  test('a key that means nothing to a text is given back', () => {
    expect(editText(parse('a|'), press('ctrl+x'))).toBeNull();
    expect(editText(parse('a|'), press('esc'))).toBeNull();
  });

  test('a field of one line takes line ends as spaces and no control characters', () => {
    expect(show(insertText(parse('a|d'), 'b\r\n c\u001b[31m\u0007', false))).toBe('ab c[31m|d');
    expect(show(insertText(parse('|'), 'b\r\nc\td', true))).toBe('b\nc    d|');
  });

  test('a megabyte is put in and edited at once', () => {
    const text = 'word 👍🏽 '.repeat(120_000);
    let state = insertText(parse('a|b'), text, true);
    const begun = performance.now();
    for (const name of ['left', 'backspace', 'ctrl+w', 'home', 'end', 'alt+left']) {
      state = editText(state, press(name), true) ?? state;
    }
    expect(performance.now() - begun).toBeLessThan(500);
    expect(state.text.length).toBeGreaterThan(1_000_000);
  });

  test('changes are undone word by word, and moving the cursor is none', () => {
    const type = (state: TextState, ...names: string[]) =>
      names.reduce(
        (now, name) => editText(now, press(name, name.length === 1 ? name : ''), true) ?? now,
        state,
      );
    const typed = type(parse('|'), ...'one two', 'home', 'x', 'end', 'ctrl+w');
    const steps = [typed];
    for (let index = 0; index < 5; index += 1) {
      steps.push(type(steps.at(-1) ?? typed, index % 2 === 0 ? 'ctrl+z' : 'ctrl+_'));
    }
    expect(steps.map(show)).toEqual(['xone |', 'xone two|', '|one two', 'one |', '|', '|']);
    const pasted = insertText(type(parse('|'), 'a', 'b'), 'pasted words in one go', true);
    expect(show(type(replaceText(pasted, 'other'), 'ctrl+z', 'ctrl+z'))).toBe('ab|');
  });

  test('a long text does not keep all that it ever was', () => {
    let state = insertText(parse('|'), 'x'.repeat(2_000_000), true);
    for (let index = 0; index < 100; index += 1) state = insertText(state, ` ${index}`, true);
    let steps = 0;
    for (let at: TextState | undefined = state; at?.past !== undefined; at = at.past.before)
      steps += 1;
    expect(steps).toBeLessThan(12);
  });

  test('the cursor never stands inside a character, whatever is pressed', () => {
    const keys = fc.constantFrom(
      ...['left', 'right', 'backspace', 'delete', 'ctrl+w', 'alt+b', 'alt+f', 'home', 'end'],
    );
    const pieces = fc.constantFrom('a', ' ', '👨‍👩‍👧', 'é', '日', '\n', '👍🏽', '🇩🇪');
    fc.assert(
      fc.property(fc.array(pieces), fc.array(fc.oneof(keys, pieces)), (initial, presses) => {
        const text = initial.join('');
        let state: TextState = { text, cursor: text.length };
        for (const name of presses) {
          state = editText(state, press(name), true) ?? insertText(state, name, true);
          const starts = [...new Intl.Segmenter().segment(state.text)].map(({ index }) => index);
          expect([...starts, state.text.length]).toContain(state.cursor);
        }
      }),
      { numRuns: 200 },
    );
  });
});
