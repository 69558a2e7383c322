/** The ports of a worktree, the first and the last one; null when it has none. */
export function portWords(ports: { port: number | null; portCount: number }): string | null {
  const { port, portCount } = ports;
  if (port === null) return null;
  return portCount === 1 ? String(port) : `${port}–${port + portCount - 1}`;
}
