import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Counts children that appear below these processes, by looking often: all, or those whose command line holds `named`. The returned
 * function ends it and tells how many.
 */
export function countSpawned(parents: readonly number[], named = ''): () => number {
  const known = new Set(children(parents));
  const seen = new Map<number, string>();
  const timer = setInterval(() => {
    for (const pid of children(parents)) {
      // Between fork and exec it still has its parent's command line: the last one counts.
      if (!known.has(pid)) seen.set(pid, commandLine(pid) || (seen.get(pid) ?? ''));
    }
  }, 5);
  return () => {
    clearInterval(timer);
    return [...seen.values()].filter((line) => line.includes(named)).length;
  };
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}

function children(parents: readonly number[]): number[] {
  return parents.flatMap((parent) =>
    readdirSync(join('/proc', String(parent), 'task')).flatMap((thread) =>
      readFileSync(join('/proc', String(parent), 'task', thread, 'children'), 'utf8')
        .split(' ')
        .filter((pid) => pid !== '')
        .map(Number),
    ),
  );
}

/** CPU time in /proc is counted in ticks of 10 ms. */
const TICK_MS = 10;

/** CPU time that a process has used, in milliseconds. */
export function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
