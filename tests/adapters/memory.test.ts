import { expect, test } from 'vitest';
import { createMemory, freeOfMacMb, leastFreeMb } from '#adapters/memory.ts';

const MEMINFO =
  'MemTotal:       16384000 kB\nMemFree:          102400 kB\nMemAvailable:    2048000 kB\n';
const MB = 1024 * 1024;
const NONE = { meminfo: MEMINFO, max: null, current: null, stat: null };

test('on Linux what is available counts, not what lies idle', () => {
  expect(leastFreeMb(NONE)).toBe(2_000);
  expect(leastFreeMb({ ...NONE, meminfo: null })).toBeNull();
});

test('a container has no more than its limit leaves, without the files that it only read', () => {
  const container = {
    ...NONE,
    max: `${1_000 * MB}\n`,
    current: `${900 * MB}\n`,
    stat: `anon 5\ninactive_file ${300 * MB}\n`,
  };
  expect(leastFreeMb(container)).toBe(400);
  expect(leastFreeMb({ ...container, stat: null })).toBe(100);
  expect(leastFreeMb({ ...container, max: 'max\n' })).toBe(2_000);
  expect(leastFreeMb({ ...container, max: `${90_000 * MB}\n` })).toBe(2_000);
  expect(leastFreeMb({ ...container, current: `${1_200 * MB}\n`, stat: null })).toBe(0);
});

const VM_STAT = `Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                               12345.
Pages active:                            400000.
Pages inactive:                          100000.
Pages speculative:                         1000.
Pages throttled:                              0.
Pages wired down:                        150000.
Pages purgeable:                           5000.
`;

test('on macOS it is counted in pages', () => {
  expect(freeOfMacMb(VM_STAT)).toBe(Math.floor((118_345 * 16_384) / MB));
  expect(freeOfMacMb('something else')).toBeNull();
});

test('it is asked of the machine that this is', async () => {
  const asked: string[] = [];
  const run = async (program: string) => {
    asked.push(program);
    return { exitCode: 0, stdout: VM_STAT, stderr: '' };
  };
  expect(await createMemory('darwin', run).freeMemoryMb()).toBeGreaterThan(0);
  expect(await createMemory('aix', run).freeMemoryMb()).toBeNull();
  if (process.platform === 'linux') {
    expect(await createMemory('linux', run).freeMemoryMb()).toBeGreaterThan(0);
  }
  expect(asked).toEqual(['vm_stat']);
});
