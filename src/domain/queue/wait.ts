export type WaitKind =
  | 'draft'
  | 'supervised'
  | 'held'
  | 'setup_failed'
  | 'rests'
  | 'settings'
  | 'paused'
  | 'project_paused'
  | 'after'
  | 'skipped'
  | 'delay'
  | 'at'
  | 'retry'
  | 'limit'
  | 'quiet'
  | 'budget'
  | 'project_slot'
  | 'slot'
  | 'memory';

/** Why a pending task does not start by itself now. Computed from what is known, never stored. */
export interface Wait {
  kind: WaitKind;
  /** One phrase for people, without a capital and a full stop: `after #12`, `usage limit until 14:30`. */
  text: string;
  /** When it ends by itself, in milliseconds since 1970; null where it does not or nobody knows. */
  until: number | null;
  /** What a person can do about it, as a sentence with a command; null for nothing. */
  remedy: string | null;
}
