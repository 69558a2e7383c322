import { readFileSync } from 'node:fs';
import type { RunCommand } from '#adapters/command.ts';

const MB = 1024 * 1024;

export interface Memory {
  /** Megabytes that programs could still get without swapping; null where that cannot be told. */
  freeMemoryMb(): Promise<number | null>;
}

export function createMemory(platform: NodeJS.Platform, run: RunCommand): Memory {
  return { freeMemoryMb: () => freeMemoryMb(platform, run) };
}

/**
 * Returns how many megabytes programs could still get without anything being swapped out; null where that cannot be told. What files in the
 * cache hold counts as free.
 */
async function freeMemoryMb(platform: NodeJS.Platform, run: RunCommand): Promise<number | null> {
  if (platform === 'linux') {
    return leastFreeMb({
      meminfo: readIfThere('/proc/meminfo'),
      max: readIfThere('/sys/fs/cgroup/memory.max'),
      current: readIfThere('/sys/fs/cgroup/memory.current'),
      stat: readIfThere('/sys/fs/cgroup/memory.stat'),
    });
  }
  if (platform !== 'darwin') return null;
  const { exitCode, stdout } = await run('vm_stat', [], { timeoutMs: 5_000 });
  return exitCode === 0 ? freeOfMacMb(stdout) : null;
}

/** What Linux says of the machine, and of the container that this process may be in; null for a file that is not there. */
export interface LinuxMemory {
  meminfo: string | null;
  max: string | null;
  current: string | null;
  stat: string | null;
}

export function leastFreeMb({ meminfo, max, current, stat }: LinuxMemory): number | null {
  const available = numberIn(meminfo, /^MemAvailable:\s+(\d+) kB$/m);
  // "max" is a container without a limit.
  const limit = numberIn(max, /^(\d+)$/m);
  const used = numberIn(current, /^(\d+)$/m);
  const machine = available === null ? null : Math.floor(available / 1024);
  if (limit === null || used === null) return machine;
  const cache = numberIn(stat, /^inactive_file (\d+)$/m) ?? 0;
  const container = Math.max(0, Math.floor((limit - used + cache) / MB));
  return machine === null ? container : Math.min(machine, container);
}

/** From the output of macOS' vm_stat, which counts pages. */
export function freeOfMacMb(vmStat: string): number | null {
  const size = numberIn(vmStat, /page size of (\d+) bytes/);
  const pages = ['free', 'inactive', 'speculative', 'purgeable'].map((name) =>
    numberIn(vmStat, new RegExp(`^Pages ${name}:\\s+(\\d+)\\.$`, 'm')),
  );
  const [free] = pages;
  if (size === null || free === null) return null;
  const sum = pages.reduce<number>((total, each) => total + (each ?? 0), 0);
  return Math.floor((sum * size) / MB);
}

function numberIn(text: string | null, pattern: RegExp): number | null {
  const found = text === null ? undefined : pattern.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // Not every kernel has it, and not everybody may read it.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return null;
    throw error;
  }
}
