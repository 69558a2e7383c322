import { expect, test } from 'vitest';
import { runningSupervisor } from '#operations/supervisor/running.ts';

const paths = { heartbeat: '/data/heartbeat' } as never;

test.each([
  ['a fresh heartbeat of a process that lives', { ageMs: 19_999, pid: 7 }, 7],
  ['a heartbeat that is too old', { ageMs: 20_000, pid: 7 }, null],
  ['a fresh heartbeat of a process that was killed', { ageMs: 0, pid: 8 }, null],
  ['no heartbeat', null, null],
])('%s', (_what, beat, pid) => {
  const host = { lastBeat: () => beat, isAlive: (asked: number) => asked === 7 } as never;
  expect(runningSupervisor({ host, paths })).toBe(pid);
});
