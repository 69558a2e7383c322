import type { Work } from '#domain/progress.ts';

type Numbers = Omit<Work, 'readAt' | 'head'>;

/** How far the work and its base are apart: "↓2 ↑3", "level" for not at all; "–" where there is no such base. */
export function formatDistance({ ahead, behind }: Pick<Numbers, 'ahead' | 'behind'>): string {
  if (ahead === null || behind === null) return '–';
  const parts = [behind === 0 ? '' : `↓${behind}`, ahead === 0 ? '' : `↑${ahead}`];
  return parts.filter(Boolean).join(' ') || 'level';
}

/** What was changed: "+120 −8 in 5 files", "no changes"; with "≥" where not all could be counted. */
export function formatChanges({ files, added, deleted, cut }: Numbers): string {
  if (files === 0 && !cut) return 'no changes';
  const least = cut ? '≥' : '';
  return `${least}+${added} −${deleted} in ${least}${files} ${files === 1 ? 'file' : 'files'}`;
}

/** Both, in a sentence: "3 commits ahead, 2 behind its base, +120 −8 in 5 files". */
export function workWords(work: Numbers): string {
  const { ahead, behind } = work;
  const commits = `${ahead} ${ahead === 1 ? 'commit' : 'commits'} ahead, ${behind} behind its base`;
  const distance = ahead === null || behind === null ? 'no such base here' : commits;
  return `${distance}, ${formatChanges(work)}`;
}
