import type { Key } from './keys.ts';
import { widthOf } from './screen.ts';

/** The input box: a draft of one or more lines, edited at its end. */
export interface Box {
  readonly text: string;
  set(text: string): void;
  /** Takes a key; true when it asks to submit the draft. */
  press(key: Key): boolean;
}

export function createBox(): Box {
  let text = '';
  const box: Box = {
    get text() {
      return text;
    },
    set(next) {
      text = next;
    },
    press(key) {
      if (key.kind !== 'name') {
        text += key.text;
        return false;
      }
      if (key.name === 'backspace') text = [...text].slice(0, -1).join('');
      // One line at a time, with the line break before it.
      if (key.name === 'clear') text = text.slice(0, Math.max(0, text.lastIndexOf('\n')));
      return key.name === 'enter' && submits(box);
    },
  };
  return box;
}

/** A final backslash makes Enter a new line, a final @name takes the completion of the name. */
function submits(box: Box): boolean {
  if (box.text.endsWith('\\')) {
    box.set(`${box.text.slice(0, -1)}\n`);
    return false;
  }
  if (/(^|\s)@\S+$/.test(box.text)) {
    box.set(`${box.text} `);
    return false;
  }
  return box.text.trim() !== '';
}

const SHOWN_LINES = 10;

/** The box between its rules, and where its cursor stands. */
export function drawBox(
  text: string,
  columns: number,
): { lines: string[]; cursor: { line: number; column: number } } {
  const rule = '─'.repeat(Math.max(1, columns));
  const shown = text.split('\n').slice(-SHOWN_LINES);
  const lines = shown.map((line, index) => `${index === 0 ? '❯' : ' '} ${line}`);
  const last = shown.at(-1) ?? '';
  return {
    lines: [rule, ...lines, rule],
    cursor: { line: lines.length, column: Math.min(columns - 1, 2 + widthOf(last)) },
  };
}
