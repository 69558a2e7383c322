/** The choice so many steps from the current one; after the last comes the first. */
export function cycle<T>(choices: readonly T[], current: T, step: number): T {
  const at = choices.indexOf(current) + step + choices.length;
  return choices[at % choices.length] ?? current;
}
