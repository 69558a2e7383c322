/** Two live worktrees of a project that touch the same files. */
export interface Overlap {
  taskId: number;
  otherId: number;
  /** Paths that both change. */
  files: string[];
  /** Those of them that would conflict if both were merged; null when nobody could tell. */
  conflicts: string[] | null;
  /** ISO time. */
  readAt: string;
}
