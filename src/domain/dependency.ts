/** Whether adding `from → to` ("from waits for to") would close a circle; returns the circle for the sentence, or null. */
export function findCycle(
  edges: readonly { taskId: number; afterId: number }[],
  from: number,
  to: number,
): number[] | null {
  const after = new Map<number, number[]>();
  for (const edge of edges) {
    after.set(edge.taskId, [...(after.get(edge.taskId) ?? []), edge.afterId]);
  }
  const seen = new Set<number>();
  const walk = (id: number, path: number[]): number[] | null => {
    if (id === from) return [from, ...path];
    if (seen.has(id)) return null;
    seen.add(id);
    for (const next of after.get(id) ?? []) {
      const found = walk(next, [...path, next]);
      if (found !== null) return found;
    }
    return null;
  };
  return walk(to, [to]);
}
