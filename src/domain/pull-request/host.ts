/** What is known of one GitHub host: the person's hourly budget, and whether it answers. Times are ISO texts. */
export interface HostState {
  host: string;
  /** Who gh is logged in as. */
  login: string | null;
  /** Points an hour; null where the host has no limit, or has not told. */
  budgetLimit: number | null;
  remaining: number | null;
  resetsAt: string | null;
  /** Points that claustre itself has used since `usedSince`, the begin of this hour of the budget. */
  used: number;
  usedSince: string | null;
  /** When a request was last answered. */
  readAt: string | null;
  /** When it is asked next. */
  nextAt: string | null;
  /** Why it could not be asked; null while it can. */
  trouble: string | null;
  troubleSince: string | null;
}
