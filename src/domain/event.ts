/** Who caused a change. */
export type EventSource = 'person' | 'hook' | 'supervisor' | 'claustre';

/** An event to append, in the transaction of the change that it tells of. */
export interface NewEvent {
  /** Makes an event that may be reported twice count once; null for changes of our own making. */
  uid?: string | null;
  at: string;
  projectId?: number | null;
  taskId?: number | null;
  sessionId?: string | null;
  /** `noun.verb`, for example `task.launch`. */
  kind: string;
  source: EventSource;
  data?: Record<string, unknown>;
}

export interface EventRow {
  id: number;
  at: string;
  projectId: number | null;
  taskId: number | null;
  sessionId: string | null;
  kind: string;
  source: EventSource;
  data: Record<string, unknown>;
}
