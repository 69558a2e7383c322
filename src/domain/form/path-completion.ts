/** A path that is being typed: the folder that is looked into, as typed, and how the name that is looked for begins. */
export interface TypedPath {
  /** Empty, or with a slash at its end. */
  readonly folder: string;
  readonly start: string;
}

export function splitTypedPath(text: string): TypedPath {
  if (text === '~') return { folder: '~/', start: '' };
  const slash = text.lastIndexOf('/') + 1;
  return { folder: text.slice(0, slash), start: text.slice(slash) };
}

/** The names that begin like this, whatever their case, in order. Hidden ones only for who typed the dot. */
export function matchingNames(names: readonly string[], start: string): string[] {
  const wanted = start.toLowerCase();
  return names
    .filter((name) => name.toLowerCase().startsWith(wanted))
    .filter((name) => !name.startsWith('.') || start.startsWith('.'))
    .sort((one, other) => one.localeCompare(other, 'en', { sensitivity: 'base' }));
}

/** The last part of a path; empty for the root. */
export function lastPart(path: string): string {
  return (
    path
      .split('/')
      .filter((part) => part !== '')
      .at(-1) ?? ''
  );
}
