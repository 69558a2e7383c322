import { StringDecoder } from 'node:string_decoder';

export type Key =
  | { kind: 'text'; text: string }
  | { kind: 'paste'; text: string }
  | {
      kind: 'name';
      name: 'enter' | 'escape' | 'backspace' | 'up' | 'down' | 'clear' | 'interrupt' | 'other';
    };

const PASTE_START = '\x1b[200~';
const PASTE_END = '\x1b[201~';

/** A lone Escape is told from the start of a sequence by what follows within this time. */
const ESCAPE_MS = 25;

const NAMES: Record<string, Extract<Key, { kind: 'name' }>['name']> = {
  '\r': 'enter',
  '\x7f': 'backspace',
  '\b': 'backspace',
  '\x15': 'clear',
  '\x03': 'interrupt',
  '\x1b[A': 'up',
  '\x1b[B': 'down',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what a terminal sends.
const SEQUENCE = /^\x1b(?:\[[0-9;?]*[A-Za-z~]|O[A-Za-z])/;

/** Turns what a terminal sends into keys; a bracketed paste is one key, however many pieces it came in. */
export function createKeys(take: (key: Key) => void): (data: Uint8Array) => void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let timer: NodeJS.Timeout | undefined;
  const name = (name: Extract<Key, { kind: 'name' }>['name']): void => take({ kind: 'name', name });

  const readOne = (): boolean => {
    if (rest.startsWith(PASTE_START)) {
      const end = rest.indexOf(PASTE_END);
      if (end === -1) return false;
      const text = rest.slice(PASTE_START.length, end).replace(/\r\n?/g, '\n');
      rest = rest.slice(end + PASTE_END.length);
      take({ kind: 'paste', text });
      return true;
    }
    if (rest.startsWith('\x1b')) {
      const sequence = SEQUENCE.exec(rest)?.[0];
      if (sequence === undefined) return false;
      rest = rest.slice(sequence.length);
      name(NAMES[sequence] ?? 'other');
      return true;
    }
    const [character = ''] = rest;
    rest = rest.slice(character.length);
    const known = NAMES[character];
    if (known !== undefined) name(known);
    else if (character === '\n' || character >= ' ') take({ kind: 'text', text: character });
    return true;
  };

  return (data) => {
    clearTimeout(timer);
    rest += decoder.write(data as Buffer);
    while (rest !== '' && readOne());
    if (rest === '' || rest.startsWith(PASTE_START)) return;
    timer = setTimeout(() => {
      if (PASTE_START.startsWith(rest) && rest.length > 1) return;
      rest = rest.slice(1);
      name('escape');
      while (rest !== '' && readOne());
    }, ESCAPE_MS);
  };
}
