// npm run bench [name…]: compares in one run with a floor or a peer and prints ratios. Exit code 1 when a limit is passed.
import { type Figure, formatFigure } from './figure.ts';

const BENCHES: Record<string, () => Promise<Figure[]>> = {
  hook: async () => (await import('./hook.ts')).benchHook(),
  start: async () => (await import('./start.ts')).benchStart(),
  launch: async () => (await import('./launch.ts')).benchLaunch(),
  keys: async () => (await import('./keys.ts')).benchKeys(),
  event: async () => (await import('./event.ts')).benchEvent(),
  memory: async () => (await import('./memory.ts')).benchMemory(),
  store: async () => (await import('./store.ts')).benchStore(),
  panes: async () => (await import('./panes.ts')).benchPanes(),
  polls: async () => (await import('./polls.ts')).benchPolls(),
  queue: async () => (await import('./queue.ts')).benchQueue(),
  idle: async () => (await import('./idle.ts')).benchIdle(),
  crowd: async () => (await import('./crowd.ts')).benchCrowd(),
};

const wanted = process.argv.slice(2);
let passed = true;
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const figure of await bench()) {
    if (figure.value > figure.limit) passed = false;
    process.stdout.write(`${formatFigure(figure)}\n`);
  }
}
process.exitCode = passed ? 0 : 1;
