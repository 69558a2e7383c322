import type { Press } from '#tui/keys/press.ts';

/** A text being edited. The cursor is an index into it that never stands inside a character. */
export interface TextState {
  readonly text: string;
  readonly cursor: number;
  /** What undo comes back to; absent when nothing was changed yet. */
  readonly past?: Past;
}

interface Past {
  readonly before: TextState;
  /** Where typing goes on that is one step with what was typed before; null after other changes. */
  readonly typedTo: number | null;
  readonly steps: number;
}

export const EMPTY_TEXT: TextState = { text: '', cursor: 0 };

export function textState(text: string): TextState {
  return { text, cursor: text.length };
}

/** A cluster is looked for this many code units around the cursor, so that a long text costs no more than a short one. */
const REACH = 256;
const WORD = /[\p{L}\p{N}\p{M}_]/u;

const clusters = new Intl.Segmenter();

/** The index before the character that ends at `at`. */
function before(text: string, at: number): number {
  if (at <= 0) return 0;
  const from = boundary(text, Math.max(0, at - REACH));
  let last = from;
  for (const { index } of clusters.segment(text.slice(from, at))) last = from + index;
  return last;
}

/** The index after the character that begins at `at`. */
export function after(text: string, at: number): number {
  const [first] = clusters.segment(text.slice(at, at + REACH));
  return first === undefined ? text.length : at + first.segment.length;
}

/** Steps off the middle of a surrogate pair. */
function boundary(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

function wordLeft(text: string, from: number): number {
  let at = from;
  while (at > 0 && !WORD.test(text.slice(before(text, at), at))) at = before(text, at);
  while (at > 0 && WORD.test(text.slice(before(text, at), at))) at = before(text, at);
  return at;
}

function wordRight(text: string, from: number): number {
  let at = from;
  while (at < text.length && !WORD.test(text.slice(at, after(text, at)))) at = after(text, at);
  while (at < text.length && WORD.test(text.slice(at, after(text, at)))) at = after(text, at);
  return at;
}

const lineStart = (text: string, at: number) => text.lastIndexOf('\n', at - 1) + 1;

const lineEnd = (text: string, at: number) => {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
};

/** Steps that can be undone: fewer of a long text, since each may hold all of it. */
const MOST_STEPS = 100;
const LEAST_STEPS = 4;
const CHARACTERS_KEPT = 4_000_000;

function mostSteps({ text }: TextState): number {
  return Math.max(
    LEAST_STEPS,
    Math.min(MOST_STEPS, Math.floor(CHARACTERS_KEPT / (text.length + 1))),
  );
}

/** The text after a change, with the way back. Words that are typed letter by letter are one step. */
function changed(before: TextState, after: TextState, typed: string | null = null): TextState {
  if (after.text === before.text) return { ...before, cursor: after.cursor };
  const typedTo = typed !== null && !/\s/.test(typed) ? after.cursor : null;
  const goesOn = typed !== null && before.past?.typedTo === before.cursor;
  if (goesOn && before.past !== undefined) {
    return { ...after, past: { ...before.past, typedTo } };
  }
  const steps = (before.past?.steps ?? 0) + 1;
  const kept = steps > 2 * mostSteps(before) ? shortened(before, mostSteps(before)) : before;
  return { ...after, past: { before: kept, typedTo, steps: (kept.past?.steps ?? 0) + 1 } };
}

/** The same text with at most so many steps behind it. */
function shortened(state: TextState, steps: number): TextState {
  const { past, ...bare } = state;
  if (past === undefined || steps <= 0) return bare;
  return { ...bare, past: { ...past, before: shortened(past.before, steps - 1), steps } };
}

/** Another text in place of this one, as one step. */
export function replaceText(state: TextState, text: string, cursor = text.length): TextState {
  return changed(state, { text, cursor });
}

const moved = (state: TextState, cursor: number): TextState => ({ ...state, cursor });

function cut(state: TextState, from: number, to: number): TextState {
  return changed(state, { text: state.text.slice(0, from) + state.text.slice(to), cursor: from });
}

/** Puts text in at the cursor. A field of one line gets line ends as spaces; no control character comes in. */
export function insertText(state: TextState, inserted: string, multiline: boolean): TextState {
  const lines = inserted.replace(/\r\n?/g, '\n').replace(/\t/g, '    ');
  const kept = multiline ? lines : lines.replace(/\s*\n\s*/g, ' ');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes.
  const clean = kept.replace(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/g, '');
  const head = state.text.slice(0, state.cursor) + clean;
  // One character, or a few that came with one read, are typing; the rest was pasted.
  const typed = clean.length < TYPED_AT_ONCE ? clean : null;
  const text = head + state.text.slice(state.cursor);
  return changed(state, { text, cursor: head.length }, typed);
}

/** More characters than this with one read were not typed. */
const TYPED_AT_ONCE = 16;

const EDITS: Readonly<Record<string, (state: TextState) => TextState>> = {
  left: (state) => moved(state, before(state.text, state.cursor)),
  right: (state) => moved(state, after(state.text, state.cursor)),
  home: (state) => moved(state, lineStart(state.text, state.cursor)),
  end: (state) => moved(state, lineEnd(state.text, state.cursor)),
  wordLeft: (state) => moved(state, wordLeft(state.text, state.cursor)),
  wordRight: (state) => moved(state, wordRight(state.text, state.cursor)),
  backspace: (state) => cut(state, before(state.text, state.cursor), state.cursor),
  delete: (state) => cut(state, state.cursor, after(state.text, state.cursor)),
  cutWord: (state) => cut(state, wordLeft(state.text, state.cursor), state.cursor),
  cutWordRight: (state) => cut(state, state.cursor, wordRight(state.text, state.cursor)),
  cutToStart: (state) => cut(state, lineStart(state.text, state.cursor), state.cursor),
  undo: (state) => state.past?.before ?? state,
  cutToEnd: (state) => cut(state, state.cursor, lineEnd(state.text, state.cursor)),
};

/** What shells and editors have put into fingers; not part of the keymap, since nobody wants to move these. */
const EDIT_KEYS: Readonly<Record<string, keyof typeof EDITS>> = {
  left: 'left',
  right: 'right',
  home: 'home',
  end: 'end',
  'ctrl+a': 'home',
  'ctrl+e': 'end',
  'ctrl+b': 'left',
  'ctrl+f': 'right',
  'alt+left': 'wordLeft',
  'ctrl+left': 'wordLeft',
  'alt+b': 'wordLeft',
  'alt+right': 'wordRight',
  'ctrl+right': 'wordRight',
  'alt+f': 'wordRight',
  backspace: 'backspace',
  delete: 'delete',
  'ctrl+d': 'delete',
  'ctrl+w': 'cutWord',
  'alt+backspace': 'cutWord',
  'alt+d': 'cutWordRight',
  'ctrl+u': 'cutToStart',
  'ctrl+k': 'cutToEnd',
  'ctrl+z': 'undo',
  'ctrl+_': 'undo',
};

/** The text after a key press; null when the key means nothing to a text. */
export function editText(state: TextState, press: Press, multiline = false): TextState | null {
  const edit = EDITS[EDIT_KEYS[press.name] ?? ''];
  if (edit !== undefined) return edit(state);
  return press.text === '' ? null : insertText(state, press.text, multiline);
}
