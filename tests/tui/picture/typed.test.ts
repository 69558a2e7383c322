import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTypedReader, isMove, isWheel, type Typed } from '#tui/picture/typed.ts';

const START = '\u001B[200~';
const END = '\u001B[201~';

function readAll(...chunks: string[]): Typed[] {
  const reader = createTypedReader();
  return [...chunks.flatMap((chunk) => reader.read(chunk)), ...reader.flush()];
}

/** Pieces of one kind that follow each other, put together. */
function joined(pieces: readonly Typed[]): string[] {
  const out: string[] = [];
  let last = '';
  for (const piece of pieces) {
    const text = piece.kind === 'mouse' ? JSON.stringify(piece.report) : piece.text;
    if (piece.kind === last && last === 'keys') out[out.length - 1] += text;
    else if (piece.kind === last && last === 'paste' && !out.at(-1)?.endsWith(END)) {
      out[out.length - 1] += text;
    } else out.push(`${piece.kind} ${text}`);
    last = piece.kind;
  }
  return out;
}

describe('what comes from a terminal', () => {
  test('is keys, pastes and reports of the mouse, in their order', () => {
    expect(readAll(`a\u001B[<0;3;4Mb${START}x${END}c\u001B[<65;1;1m`)).toEqual([
      { kind: 'keys', text: 'a' },
      { kind: 'mouse', report: { code: 0, x: 2, y: 3, released: false } },
      { kind: 'keys', text: 'b' },
      { kind: 'paste', text: `${START}x${END}` },
      { kind: 'keys', text: 'c' },
      { kind: 'mouse', report: { code: 65, x: 0, y: 0, released: true } },
    ]);
  });

  test('is the mouse, too, where a terminal knows only the old way to report it', () => {
    expect(readAll('a\u001B[M !$b\u001B[M#!$\u001B[M`!!')).toEqual([
      { kind: 'keys', text: 'a' },
      { kind: 'mouse', report: { code: 0, x: 0, y: 3, released: false } },
      { kind: 'keys', text: 'b' },
      { kind: 'mouse', report: { code: 0, x: 0, y: 3, released: true } },
      { kind: 'mouse', report: { code: 64, x: 0, y: 0, released: false } },
    ]);
    expect(readAll('\u001B[M', ' !', '$')).toMatchObject([{ kind: 'mouse' }]);
  });

  test('inside of a paste nothing is anything but text', () => {
    const pasted = `${START}\u0011 \u001B[<0;1;1M ${START} q${END}`;
    expect(readAll(pasted)).toEqual([{ kind: 'paste', text: pasted }]);
  });

  test('a lone Esc and other keys are never held back', () => {
    const reader = createTypedReader();
    for (const key of ['\u001B', 'q', '\u001B[A', '\u001BOP', '\u001B[1;5C', '\u001B[3~']) {
      expect(reader.read(key)).toEqual([{ kind: 'keys', text: key }]);
      expect(reader.isWaiting()).toBe(false);
    }
  });

  test('a report in two halves is one report; a half that stays alone is keys', () => {
    const reader = createTypedReader();
    expect(reader.read('x\u001B[<0;1')).toEqual([{ kind: 'keys', text: 'x' }]);
    expect(reader.isWaiting()).toBe(true);
    expect(reader.read('2;5M')).toMatchObject([{ kind: 'mouse', report: { x: 11, y: 4 } }]);
    expect(reader.read('\u001B[')).toEqual([]);
    expect(reader.flush()).toEqual([{ kind: 'keys', text: '\u001B[' }]);
  });

  test('wherever it is cut into reads, it means the same', () => {
    const part = fc.constantFrom(
      ...['a', '\u001B[A', '\u0011', '\u001B[<35;10;20M', '\u001B[<0;1;1m', '\u001B[M !$', 'ü€'],
      ...[`${START}p\u0011\u001B[<0;1;1M${END}`, `${START}${END}`, '\u001B[2~'],
    );
    fc.assert(
      fc.property(fc.array(part), fc.array(fc.nat(200)), (parts, cuts) => {
        const text = parts.join('');
        // Not between Esc and what follows: that is a key at once.
        const at = cuts.filter((cut) => text[cut - 1] !== '\u001B').sort((a, b) => a - b);
        const chunks = [0, ...at].map((from, index) => text.slice(from, at[index]));
        expect(joined(readAll(...chunks))).toEqual(joined(readAll(text)));
      }),
    );
  });

  test('the wheel and moves are told from buttons', () => {
    const report = { x: 0, y: 0, released: false };
    expect([64, 65, 0, 32, 35].map((code) => isWheel({ ...report, code }))).toEqual([
      ...[true, true, false, false, false],
    ]);
    expect([64, 65, 0, 32, 35].map((code) => isMove({ ...report, code }))).toEqual([
      ...[false, false, false, true, true],
    ]);
  });
});
