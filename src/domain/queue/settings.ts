/** What becomes of a task whose parent ended badly: it waits for it, or counts as skipped until the parent is retried. */
export type BadParent = 'hold' | 'skip';

/** What the settings say about the queue, for one project. */
export interface QueueSettings {
  maxSessions: number;
  /** null: as many as all projects together. */
  projectSessions: number | null;
  onBadParent: BadParent;
  reservePercent: number;
  quietHours: string | null;
}
