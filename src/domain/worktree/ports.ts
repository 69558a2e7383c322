/** Ports that belong to one worktree: so many, from the first on. */
export interface PortBlock {
  first: number;
  count: number;
}

const LAST_PORT = 65_535;

/**
 * The first block of `count` ports from `from` on that meets none of `taken`; null when there is none. Blocks stand side by side, so that the same
 * worktrees get the same numbers on every machine.
 */
export function freeBlock(
  from: number,
  count: number,
  taken: readonly PortBlock[],
): PortBlock | null {
  for (let first = from; first + count - 1 <= LAST_PORT; first += count) {
    if (!taken.some((each) => doMeet(each, { first, count }))) return { first, count };
  }
  return null;
}

/** Whether two blocks have a port in common. */
export function doMeet(a: PortBlock, b: PortBlock): boolean {
  return a.first < b.first + b.count && b.first < a.first + a.count;
}
