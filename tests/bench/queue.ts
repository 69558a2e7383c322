import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '#create-app.ts';
import { decide } from '#domain/queue/decide.ts';
import { queueReader } from '#operations/queue/facts.ts';
import type { Store } from '#store/store.ts';
import { aProject, aTask } from '../support/builders.ts';
import { waitFor } from '../support/wait-for.ts';
import { type Figure, median, percentile } from './figure.ts';
import { bareLaunch, makeRepository, withClaude } from './launch.ts';
import { countSpawned, cpuMs } from './processes.ts';
import { createWorld, event, MAIN } from './world.ts';

const TASKS = 10_000;
const DEPENDENCIES = 20_000;
const DECISIONS = 40;
const STARTS = 8;
const IDLE_MS = 30_000;

/** What deciding about a long queue costs, how soon the next Claude starts, and what a queue costs in which nothing can start. */
export async function benchQueue(): Promise<Figure[]> {
  return [...benchDecide(), await benchNext(), ...(await benchIdleQueue())];
}

function benchDecide(): Figure[] {
  const world = createWorld();
  try {
    const store = world.store();
    seedQueue(store);
    store.close();
    const app = createApp({ environment: world.env, main: MAIN, log: 'bench' });
    const decided: number[] = [];
    const read: number[] = [];
    for (let run = 0; run < DECISIONS; run += 1) {
      const begun = performance.now();
      const facts = queueReader(app).facts();
      const known = performance.now();
      const { start, waits } = decide(facts);
      decided.push(performance.now() - known);
      read.push(known - begun);
      if (start.length !== 3 || waits.size !== TASKS - 3) throw new Error('It decided otherwise.');
    }
    app.close();
    return [
      {
        name: 'deciding over 10,000 tasks with 20,000 dependencies',
        value: median(decided),
        limit: 10,
        unit: 'ms',
        note: `95th percentile ${percentile(decided, 0.95).toFixed(1)} ms`,
      },
      {
        name: 'reading what it is decided from',
        value: median(read),
        limit: 150,
        unit: 'ms',
      },
    ];
  } finally {
    world.close();
  }
}

/** A queue that runs, and whose tasks wait for the two before them. */
function seedQueue(store: Store): void {
  store.write(() => {
    const project = aProject({ remote: null, forge: null, queue: 'runs' });
    store.projects.add({ ...project, path: '/repositories/app' }, event);
    for (let index = 0; index < TASKS; index += 1) {
      const task = aTask({ mode: 'autonomous', push: 'local', position: index, title: `${index}` });
      const { id } = store.tasks.add({ ...task, priority: index % 4 }, event);
      const after = index < TASKS / 2 ? [] : [1, 2, 3, 4].map((step) => id - step);
      if (after.length > 0) store.tasks.setAfter(id, after, event);
    }
  });
  const edges = store.tasks.dependencies(null).length;
  if (edges !== DEPENDENCIES) throw new Error(`There are ${edges} dependencies.`);
}

/** From the commit that says that a task was delivered to the pane of the next one, against the bare git and tmux that it contains. */
async function benchNext(): Promise<Figure> {
  const world = createWorld();
  const repository = makeRepository(world);
  const env = withClaude(world);
  appendFileSync(join(world.home, 'config.toml'), '[queue]\nmax_sessions = 1\n');
  const store = world.store();
  store.write(() => {
    const project = aProject({ path: repository, remote: null, forge: null, queue: 'runs' });
    store.projects.add(project, event);
    for (let index = 0; index <= STARTS; index += 1) {
      const title = `Task ${index}`;
      store.tasks.add(aTask({ mode: 'autonomous', push: 'local', position: index, title }), event);
    }
  });
  const supervisor = spawn(process.execPath, [MAIN, 'supervise'], { env, stdio: 'ignore' });
  try {
    const times: number[] = [];
    const bare: number[] = [];
    for (let id = 1; id <= STARTS; id += 1) {
      await opened(store, id);
      bare.push(bareLaunch(world, repository, id));
      const begun = performance.now();
      deliver(store, id);
      await opened(store, id + 1);
      times.push(performance.now() - begun);
    }
    return {
      name: 'from a finished task to the next Claude, beyond git and tmux',
      value: median(times) - median(bare),
      limit: 1_000,
      unit: 'ms',
      note: `${median(times).toFixed(0)} ms, of which ${median(bare).toFixed(0)} ms are git's and tmux's`,
    };
  } finally {
    supervisor.kill('SIGTERM');
    store.close();
    world.close();
  }
}

function opened(store: Store, id: number): Promise<unknown> {
  const isOpen = () => store.sessions.openOf(id)?.state === 'open';
  return waitFor(`#${id} to be launched`, isOpen, 30_000);
}

function deliver(store: Store, id: number): void {
  const session = store.sessions.openOf(id);
  if (session === null) throw new Error(`#${id} has no session.`);
  const activity = { name: 'idle', source: 'hook', since: Date.now(), detail: null } as const;
  store.write(() => {
    store.sessions.update(session.id, { activity }, null);
    store.tasks.setStatus(id, 'working', 'in_review', {}, event);
  });
}

/** A queue that runs with 10,000 tasks of which none can start. */
async function benchIdleQueue(): Promise<Figure[]> {
  const world = createWorld();
  const store = world.store();
  seedQueue(store);
  store.write(() => {
    for (const { id } of store.tasks.pending()) store.tasks.update(id, { held: 'killed' }, event);
  });
  const supervisor = spawn(process.execPath, [MAIN, 'supervise'], {
    env: world.env,
    stdio: 'ignore',
  });
  const { pid = 0 } = supervisor;
  try {
    await rest(5_000);
    const spawned = countSpawned([pid]);
    const before = cpuMs(pid);
    await rest(IDLE_MS);
    const used = cpuMs(pid) - before;
    return [
      { name: 'processes that an idle queue starts', value: spawned(), limit: 0, unit: '' },
      {
        name: 'CPU of the supervisor of an idle queue',
        value: (100 * used) / IDLE_MS,
        limit: 0.5,
        unit: '%',
        note: `${TASKS} tasks that wait`,
      },
    ];
  } finally {
    supervisor.kill('SIGTERM');
    store.close();
    world.close();
  }
}

function rest(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
