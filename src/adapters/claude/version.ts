/** Returns the three numbers of what `claude --version` prints ("2.1.197 (Claude Code)"); null when it prints none. */
export function parseVersion(output: string): [number, number, number] | null {
  const found = /(\d+)\.(\d+)\.(\d+)/.exec(output);
  if (found === null) return null;
  return [Number(found[1]), Number(found[2]), Number(found[3])];
}

/** Whether a version is the other one or newer. What is no version is older than any. */
export function isAtLeast(version: string, wanted: string): boolean {
  const own = parseVersion(version);
  const other = parseVersion(wanted);
  if (own === null || other === null) return false;
  for (const [index, number] of other.entries()) {
    const difference = (own[index] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
