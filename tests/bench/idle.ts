import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { aSession } from '../support/builders.ts';
import type { Figure } from './figure.ts';
import { countSpawned, cpuMs } from './processes.ts';
import { openScreen } from './screen.ts';
import { createWorld, MAIN, SELECT, seedTasks, type World } from './world.ts';

const SESSIONS = 50;
const TASKS = 10_000;
/** A picture sleeps when nothing changed for half a minute. */
const WARM_MS = 40_000;
const MINUTE_MS = 60_000;

/** An idle minute with 50 sessions and 10,000 tasks, the picture on and nothing in review: what the dashboard and the supervisor cost. */
export async function benchIdle(): Promise<Figure[]> {
  const world = createWorld();
  const supervisor = startSupervisor(world);
  try {
    openSessions(world);
    const screen = openScreen(process.execPath, [MAIN], { env: world.env });
    await screen.until('Task', { frame: true });
    // Everything that loads after the first frame has loaded by then.
    screen.write(SELECT);
    await screen.until('[/Task 1:]', { frame: true });
    await rest(WARM_MS);
    const pids = { dashboard: screen.pid, supervisor: supervisor.pid ?? 0 };
    const before = measure(pids, screen.bytes());
    const spawned = countSpawned(Object.values(pids));
    await rest(MINUTE_MS);
    const after = measure(pids, screen.bytes());
    const started = spawned();
    await screen.close();
    const cpu = (ms: number): number => (100 * ms) / MINUTE_MS;
    return [
      { name: 'processes started in an idle minute', value: started, limit: 0, unit: '' },
      {
        name: 'bytes drawn by the dashboard in an idle minute',
        value: after.drawn - before.drawn,
        limit: 0,
        unit: '',
      },
      {
        name: 'kilobytes read by dashboard and supervisor from files and pipes',
        value: (after.read - before.read) / 1000,
        limit: 1000,
        unit: '',
        note: 'reading the tables again once a second would be more',
      },
      {
        name: 'CPU of the dashboard',
        value: cpu(after.dashboard - before.dashboard),
        limit: 0.1,
        unit: '%',
        note: `${SESSIONS} sessions, ${TASKS} tasks, picture on`,
      },
      {
        name: 'CPU of the supervisor',
        value: cpu(after.supervisor - before.supervisor),
        limit: 0.5,
        unit: '%',
        note: `${SESSIONS} sessions`,
      },
    ];
  } finally {
    supervisor.kill('SIGTERM');
    world.close();
  }
}

function startSupervisor(world: World) {
  const store = world.store();
  seedTasks(store, TASKS);
  store.close();
  return spawn(process.execPath, [MAIN, 'supervise'], { env: world.env, stdio: 'ignore' });
}

/** Sessions whose panes show something and then rest, recorded as idle. */
function openSessions(world: World): void {
  const store = world.store();
  const event = { kind: 'bench', source: 'claustre', at: '2026-01-01T00:00:00.000Z' } as const;
  for (let id = 1; id <= SESSIONS; id += 1) {
    const name = `bench-${id}`;
    const format = '#{pane_id} #{pid} #{pane_pid}';
    const out = world.tmux(
      'new-session',
      '-d',
      '-P',
      '-F',
      format,
      '-s',
      name,
      'sh',
      '-c',
      'seq 40; exec sleep 600',
    );
    const [pane = '', serverPid = '0', pid = '0'] = out.trim().split(' ');
    store.write(() => {
      store.tasks.setStatus(id, store.tasks.find(id)?.status ?? 'pending', 'working', {}, event);
      store.sessions.add(
        aSession({
          id: name,
          taskId: id,
          worktree: world.dir,
          socket: 'claustre-bench',
          pane,
          serverPid: Number(serverPid),
          pid: Number(pid),
          activity: { name: 'idle', source: 'hook', since: Date.now(), detail: null },
          reportedAt: Date.now(),
          createdAt: new Date().toISOString(),
        }),
        event,
      );
    });
  }
  store.close();
}

function measure(pids: { dashboard: number; supervisor: number }, drawn: number) {
  const read = (pid: number): number => {
    const [, chars = '0'] = /rchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, 'utf8')) ?? [];
    return Number(chars);
  };
  return {
    drawn,
    dashboard: cpuMs(pids.dashboard),
    supervisor: cpuMs(pids.supervisor),
    read: read(pids.dashboard) + read(pids.supervisor),
  };
}

function rest(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
