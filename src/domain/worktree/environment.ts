import type { Session } from '#domain/session.ts';

/**
 * Variables that tell a program of which worktree it is, and which ports are its own: for the setup, the gates, Claude and the shells beside it.
 * A worktree without ports has no variable for them.
 */
export function worktreeEnvironment({
  taskId,
  worktree,
  port,
  portCount,
}: Pick<Session, 'taskId' | 'worktree' | 'port' | 'portCount'>): Record<string, string> {
  const ports =
    port === null
      ? []
      : Array.from({ length: portCount }, (_, index) => {
          const name = index === 0 ? 'CLAUSTRE_PORT' : `CLAUSTRE_PORT_${index}`;
          return [name, String(port + index)] as const;
        });
  return {
    CLAUSTRE_TASK: String(taskId),
    CLAUSTRE_WORKTREE: worktree,
    CLAUSTRE_SLUG: worktree.split('/').at(-1) ?? '',
    ...Object.fromEntries(ports),
  };
}

/** Whether a variable is one of these: what claustre was called with may tell of another worktree. */
export function isOfWorktree(name: string): boolean {
  return /^CLAUSTRE_(TASK|WORKTREE|SLUG|PORT(_\d+)?)$/.test(name);
}
