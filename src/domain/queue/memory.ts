import type { Wait } from './wait.ts';

/** Nothing starts by itself while memory is short; null while it is not, or nobody knows how much is free. */
export function memoryWait(freeMb: number | null, minFreeMb: number): Wait | null {
  if (freeMb === null || freeMb >= minFreeMb) return null;
  return {
    kind: 'memory',
    text: `too little memory: ${freeMb} MB free of ${minFreeMb} wanted`,
    until: null,
    remedy:
      'End what needs memory, or lower `min_free_mb` in the table [sessions] of the settings.',
  };
}
