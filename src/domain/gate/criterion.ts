export type CriterionVerdict = 'met' | 'unmet' | 'unknown';

/** Something that has to be true of a task's work; a fresh Claude judges it at the end, and cites what it ran. */
export interface Criterion {
  taskId: number;
  position: number;
  text: string;
  /** null until it was checked. */
  verdict: CriterionVerdict | null;
  /** What was run and seen. */
  evidence: string | null;
  /** The commit that was judged. */
  headCommit: string | null;
  /** ISO time in UTC. */
  checkedAt: string | null;
}

/** What a person gave as criteria: without blanks around them, none empty, each once. */
export function criterionTexts(given: readonly string[]): string[] {
  return [...new Set(given.map((text) => text.trim()).filter((text) => text !== ''))];
}
