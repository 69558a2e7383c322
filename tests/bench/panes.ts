import { readFileSync } from 'node:fs';
import { aSession } from '../support/builders.ts';
import { type Figure, median, percentile } from './figure.ts';
import { openScreen, type Screen } from './screen.ts';
import { createWorld, MAIN, seedTasks, type World } from './world.ts';

const MEASURED_MS = 15_000;
const KEYS = 60;
/** CPU time in /proc is counted in ticks of 10 ms. */
const TICK_MS = 10;
const FLOOD = 'yes "a line of a flood"';
const BACK = '\u0011';

/** A screen as Claude draws it while it works: a few rows change, thirty times a second. */
const BUSY = `
const rows = process.stdout.rows ?? 24;
let tick = 0;
setInterval(() => {
  tick += 1;
  let out = '\\u001b[?2026h\\u001b[H';
  for (let row = 0; row < rows - 1; row += 1) {
    const text = row % 5 === 0 ? 'working '.repeat(6) + tick : 'some text of row ' + row;
    out += '\\u001b[3' + (row % 8) + 'm' + text + '\\u001b[0m\\u001b[K\\r\\n';
  }
  process.stdout.write(out + '\\u001b[?2026l');
}, 1000 / 30);
`;

/** What a busy pane costs the dashboard, as a picture and while it is typed into, and how keys fare beside a flood. */
export async function benchPanes(): Promise<Figure[]> {
  const busy = await withPane(['node', '-e', BUSY], async (screen) => {
    const picture = await cpuOf(screen);
    await typeInto(screen);
    return { picture, typed: await cpuOf(screen) };
  });
  const calm = await withPane(['sh', '-c', 'exec cat'], (screen) => keyTimes(screen));
  const flood = await withPane(['sh', '-c', FLOOD], async (screen) => {
    const lists = await keyTimes(screen);
    await typeInto(screen);
    const cpu = await cpuOf(screen);
    const back: number[] = [];
    for (let round = 0; round < KEYS / 4; round += 1) {
      screen.write(BACK);
      back.push(await screen.until(' type ', { frame: true }));
      await typeInto(screen);
    }
    return { lists, cpu, back };
  });
  // The same keys beside a task without a session: what the flood alone costs them on this machine.
  const unseen = await withPane(['sh', '-c', FLOOD], async (screen) => {
    screen.write('j');
    await screen.until('details', { frame: true });
    return keyTimes(screen, 'details');
  });
  const note = '200x50, 30 frames a second';
  // A flood and tmux take nearly two cores: where the machine is slower than the limit without any picture, that is the floor.
  const floor = percentile(unseen, 0.95);
  const keys = { limit: Math.max(50, Math.round(1.3 * floor)), unit: 'ms' } as const;
  return [
    { name: 'CPU of a busy pane as a picture', value: busy.picture, limit: 2, unit: '%', note },
    { name: 'CPU of a busy pane typed into', value: busy.typed, limit: 5, unit: '%', note },
    {
      ...keys,
      name: 'key to screen beside the picture of a flood, 95th percentile',
      value: percentile(flood.lists, 0.95),
      note: `median ${ms(median(flood.lists))}; without the picture ${ms(floor)}; beside a calm pane ${ms(percentile(calm, 0.95))}, median ${ms(median(calm))}`,
    },
    {
      ...keys,
      name: 'key to screen while a flood is typed into, 95th percentile',
      value: percentile(flood.back, 0.95),
      note: `median ${ms(median(flood.back))}; CPU ${flood.cpu.toFixed(1)} %`,
    },
  ];
}

async function withPane<T>(argv: string[], measure: (screen: Screen) => Promise<T>): Promise<T> {
  const world = createWorld();
  try {
    openSession(world, argv);
    const screen = openScreen(process.execPath, [MAIN], { env: world.env });
    await screen.until('Task', { frame: true });
    // Everything that loads after the first frame has loaded by then.
    await rest(5_000);
    const measured = await measure(screen);
    await screen.close();
    return measured;
  } finally {
    world.close();
  }
}

async function typeInto(screen: Screen): Promise<void> {
  screen.write('i');
  await screen.until('typing into', { frame: true });
  await rest(500);
}

/** Per cent of one core over a while. */
async function cpuOf({ pid }: Screen): Promise<number> {
  await rest(1_000);
  const before = cpuMs(pid);
  await rest(MEASURED_MS);
  return (100 * (cpuMs(pid) - before)) / MEASURED_MS;
}

/** Milliseconds from a key that moves the focus to the end of the frame with its hints. */
async function keyTimes(screen: Screen, word = ' type '): Promise<number[]> {
  const times: number[] = [];
  for (let press = 0; press < KEYS; press += 1) {
    const [key, hint] = press % 2 === 0 ? ['1', 'forget'] : ['2', word];
    screen.write(key);
    times.push(await screen.until(hint, { frame: true }));
    await rest(40);
  }
  return times;
}

/** The first task of a seeded store works in a session whose pane runs this. */
function openSession(world: World, argv: string[]): void {
  const store = world.store();
  seedTasks(store, 4);
  const event = { kind: 'bench', source: 'claustre', at: '2026-01-01T00:00:00.000Z' } as const;
  const format = '#{pane_id} #{pid} #{pane_pid}';
  const size = ['-x', '150', '-y', '40'];
  const out = world.tmux('new-session', '-d', '-P', '-F', format, '-s', 'bench', ...size, ...argv);
  const [pane = '', serverPid = '0', pid = '0'] = out.trim().split(' ');
  const [first] = store.snapshot().tasks;
  if (first === undefined) throw new Error('There is no task.');
  store.write(() => {
    store.tasks.setStatus(first.id, first.status, 'working', {}, event);
    const activity = { name: 'working', source: 'hook', since: Date.now(), detail: null } as const;
    const found = { pane, serverPid: Number(serverPid), pid: Number(pid), activity };
    const more = { taskId: first.id, worktree: world.dir, socket: 'claustre-bench' };
    const at = { reportedAt: Date.now(), createdAt: new Date().toISOString() };
    store.sessions.add(aSession({ id: 'bench', ...more, ...found, ...at }), event);
  });
  store.close();
}

function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

const ms = (value: number): string => `${value.toFixed(1)} ms`;

function rest(duration: number): Promise<void> {
  return new Promise((done) => setTimeout(done, duration));
}
