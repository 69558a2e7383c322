import { type Refusal, refuse } from '#domain/error.ts';

/** What git's check-ref-format refuses in a name, in its order, with the words for it. */
const WRONG: readonly (readonly [RegExp, string])[] = [
  [/^-/, 'begins with "-"'],
  [/^(?:HEAD|@)$/, 'is a word that git keeps for itself'],
  [/ /, 'has a blank in it'],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
  [/[\u0000-\u001f\u007f]/, 'has a control character in it'],
  [/[~^:?*[\\]/, 'has one of ~ ^ : ? * [ \\ in it'],
  [/\.\./, 'has ".." in it'],
  [/@\{/, 'has "@{" in it'],
  [/^\/|\/$|\/\//, 'has a "/" with nothing beside it'],
  [/(?:^|\/)\./, 'has a part that begins with "."'],
  [/\.lock(?:\/|$)/, 'has a part that ends with ".lock"'],
  [/\.$/, 'ends with "."'],
];

/** Why git would not take this as the name of a branch; undefined when it would. An empty text is no name, and no fault either. */
export function whyNotBranchName(name: string): Refusal | undefined {
  if (name === '') return undefined;
  const wrong = WRONG.find(([pattern]) => pattern.test(name));
  if (wrong === undefined) return undefined;
  return refuse(
    `"${name}" cannot be the name of a branch: it ${wrong[1]}.`,
    'Use letters, digits, "-", "_" and "/", like "fix/login".',
    'invalid',
  );
}
