import type { Wait } from './wait.ts';

/** What was last seen of the machine's memory while it was short: megabytes that were free, of those that are wanted. */
export interface ShortMemory {
  freeMb: number;
  wantedMb: number;
}

/** What is short of what the settings want free; null when nothing is, or nobody knows how much is free. */
export function shortMemory(freeMb: number | null, wantedMb: number): ShortMemory | null {
  return freeMb === null || freeMb >= wantedMb ? null : { freeMb, wantedMb };
}

/** Nothing starts by itself while memory is short. */
export function memoryWait(short: ShortMemory | null): Wait | null {
  if (short === null) return null;
  return {
    kind: 'memory',
    text: `too little memory: ${short.freeMb} MB free of ${short.wantedMb} wanted`,
    until: null,
    remedy:
      'End what needs memory, or lower `min_free_mb` in the table [sessions] of the settings.',
  };
}

/** A reading that differs by less says nothing new. */
const STEP_MB = 50;

/** Whether a reading is worth keeping: it began, it ended, or it is another by much. */
export function isNewMemory(before: ShortMemory | null, now: ShortMemory | null): boolean {
  if (before === null || now === null) return before !== now;
  return before.wantedMb !== now.wantedMb || Math.abs(before.freeMb - now.freeMb) >= STEP_MB;
}
