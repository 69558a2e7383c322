import type { Key } from 'ink';

/** One key press, or a run of typed text. `name` is how keymap and config call it: `j`, `J`, `ctrl+d`, `alt+enter`, `shift+tab`. */
export interface Press {
  readonly name: string;
  /** What it writes into a text field; empty for keys that write nothing. */
  readonly text: string;
}

const clusters = new Intl.Segmenter();
const ESC: Press = { name: 'esc', text: '' };

/**
 * What Ink reports as presses. Ink hands over everything that one read brought as one text: quick typing, `send-keys`, a paste of a
 * terminal without bracketed paste. Control characters in it are keys of their own; a run of other characters stays one press.
 */
export function readPresses(input: string, key: Key): Press[] {
  const named = namedKey(key);
  // Esc twice in one read comes as Alt and Esc; it is two times back.
  if (named === 'esc') return key.meta ? [ESC, ESC] : [ESC];
  if (named !== null) return [{ name: withModifiers(named, key), text: '' }];
  if (input === '') return [];
  if (key.ctrl) return [{ name: `ctrl+${input.toLowerCase()}`, text: '' }];
  if (key.meta) return [{ name: `alt+${input}`, text: '' }];
  return readText(input);
}

/** Splits a run of text into one press for each character, for places where every character is a key. */
export function singlePresses(press: Press): Press[] {
  if (press.text.length < 2) return [press];
  return Array.from(clusters.segment(press.text), ({ segment }) => ({
    name: segment,
    text: segment,
  }));
}

function readText(input: string): Press[] {
  const presses: Press[] = [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are keys.
  for (const [run] of input.matchAll(/[^\u0000-\u001F\u007F]+|\r\n|[\u0000-\u001F\u007F]/g)) {
    presses.push(
      CONTROLS[run] ?? controlPress(run) ?? { name: run === ' ' ? 'space' : run, text: run },
    );
  }
  return presses;
}

const CONTROLS: Readonly<Record<string, Press>> = {
  '\r': { name: 'enter', text: '' },
  '\r\n': { name: 'enter', text: '' },
  '\n': { name: 'ctrl+j', text: '' },
  '\t': { name: 'tab', text: '' },
  '\u007F': { name: 'backspace', text: '' },
  '\b': { name: 'backspace', text: '' },
};

function controlPress(run: string): Press | null {
  const code = run.charCodeAt(0);
  if (code >= 32) return null;
  // Behind the letters lie Ctrl with punctuation: 31 is Ctrl+_.
  return { name: `ctrl+${String.fromCharCode(code + (code > 26 ? 64 : 96))}`, text: '' };
}

function namedKey(key: Key): string | null {
  if (key.return) return 'enter';
  if (key.escape) return 'esc';
  if (key.tab) return 'tab';
  if (key.backspace) return 'backspace';
  if (key.delete) return 'delete';
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.leftArrow) return 'left';
  if (key.rightArrow) return 'right';
  if (key.pageUp) return 'pageup';
  if (key.pageDown) return 'pagedown';
  if (key.home) return 'home';
  return key.end ? 'end' : null;
}

function withModifiers(name: string, key: Key): string {
  return `${key.ctrl ? 'ctrl+' : ''}${key.meta ? 'alt+' : ''}${key.shift ? 'shift+' : ''}${name}`;
}
