export type Json = Record<string, unknown>;

const MAX_DETAIL = 200;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes.
const CONTROL = /[\u0000-\u001f\u007f-\u009f]+/g;

/** One line of a text from outside: control characters become spaces, and it is cut at `limit` characters. */
export function oneLine(text: string, limit = MAX_DETAIL): string {
  const line = text
    .slice(0, limit * 4)
    .replace(CONTROL, ' ')
    .trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}

/** The text under this key; null when there is none, it is empty, or it is no text. */
export function text(json: Json, key: string): string | null {
  const value = json[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The value as a record; an empty one when it is none. */
export function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

/** The value as a list; an empty one when it is none. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
