/** The switch of the whole queue: while it is paused nothing starts by itself in any project. */
export interface QueueSwitch {
  /** ISO time in UTC; null while it is not paused. */
  pausedAt: string | null;
  /** Who or what paused it, as a phrase; null when nothing was said. */
  pauseReason: string | null;
}
