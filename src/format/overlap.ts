import type { Proof } from '#domain/proof/proof.ts';

/** Files that are named in one sentence. */
const NAMED = 3;

/** What an overlap means for one of its tasks, of which `task` is the other one: "#7 changes src/a.ts, src/b.ts, too; would conflict in src/a.ts". */
export function overlapWords({ task, files, conflicts }: Proof['overlaps'][number]): string {
  return `#${task} changes ${fileWords(files)}, too; ${conflictWords(conflicts)}`;
}

/** "would conflict in src/a.ts", "would merge", or that nobody could tell. */
export function conflictWords(conflicts: readonly string[] | null): string {
  if (conflicts === null) return 'whether they conflict is not known';
  return conflicts.length === 0 ? 'would merge' : `would conflict in ${fileWords(conflicts)}`;
}

/** The first of some paths, and how many there are besides. */
export function fileWords(files: readonly string[]): string {
  const named = files.slice(0, NAMED).join(', ');
  return files.length > NAMED ? `${named} and ${files.length - NAMED} more` : named;
}
