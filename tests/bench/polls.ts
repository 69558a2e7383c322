import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import { aProject, aTask } from '../support/builders.ts';
import { ghStandIn } from '../support/gh-stand-in.ts';
import { type Figure, percentile } from './figure.ts';
import { countSpawned } from './processes.ts';
import { openScreen } from './screen.ts';
import { createWorld, event, MAIN, type World } from './world.ts';

const COUNT = 100;
const REPOSITORY = 'acme/app';
/** Long enough for a poll to end, shorter than the next one takes to come. */
const SETTLE_MS = 8_000;
const QUIET_MS = 20_000;
const PRESSES = 150;
const DOWN = '\u001b[B';

/** What reading a hundred open pull requests costs, what it costs when nothing is in review, and whether a key waits for it. */
export async function benchPolls(): Promise<Figure[]> {
  const world = createWorld();
  const github = ghStandIn({ pullRequests: pulls('head-0') }, world.dir);
  // Ids and times stand in the environment of the supervisor, which alone asks GitHub.
  const env = {
    ...world.env,
    PATH: github.env.PATH ?? '',
    GH_STAND_IN: github.env.GH_STAND_IN ?? '',
  };
  seed(world);
  let supervisor = supervise(env);
  try {
    const first = countSpawned([supervisor.pid ?? 0], ' graphql ');
    await rest(SETTLE_MS);
    const processes = first();
    const requests = github.calls().length;
    supervisor.kill('SIGTERM');

    // Every poll finds a new commit everywhere: each is written, and every screen is drawn again.
    appendFileSync(join(world.home, 'config.toml'), '[github]\npoll_interval_secs = 5\n');
    let round = 0;
    const news = setInterval(() => {
      round += 1;
      github.set({ pullRequests: pulls(`head-${round}`) });
    }, 4_000);
    supervisor = supervise(env);
    const before = github.calls().length;
    const times = await pressKeys(env);
    clearInterval(news);
    const polls = (github.calls().length - before) / 5;
    supervisor.kill('SIGTERM');
    const alone = await pressKeys(env);

    finish(world);
    await rest(1_000);
    const quiet = github.calls().length;
    supervisor = supervise(env);
    await rest(QUIET_MS);
    const idle = github.calls().length - quiet;
    return [
      { name: `requests of a poll of ${COUNT} pull requests`, value: requests, limit: 5, unit: '' },
      {
        name: `processes of a poll of ${COUNT} pull requests`,
        value: processes,
        limit: 5,
        unit: '',
      },
      { name: 'requests while nothing is in review', value: idle, limit: 0, unit: '' },
      {
        name: `key to screen, 95th percentile, while ${COUNT} pull requests change (of that without polls)`,
        value: percentile(times, 0.95) / percentile(alone, 0.95),
        limit: 1.3,
        unit: 'x',
        note: `${polls.toFixed(0)} polls; ${percentile(times, 0.95).toFixed(1)} ms, without them ${percentile(alone, 0.95).toFixed(1)} ms`,
      },
    ];
  } finally {
    supervisor.kill('SIGTERM');
    world.close();
  }
}

function supervise(env: Record<string, string>) {
  return spawn(process.execPath, [MAIN, 'supervise'], { env, stdio: 'ignore' });
}

function pulls(headCommit: string) {
  const checks = Array.from({ length: 10 }, (_, index) => ({
    name: `check ${index}`,
    conclusion: 'SUCCESS',
  }));
  return Array.from({ length: COUNT }, (_, index) => ({
    repository: REPOSITORY,
    number: index + 1,
    head: `task/${index + 1}`,
    headCommit,
    checks,
  }));
}

/** A hundred tasks in review, each with its pull request. */
function seed(world: World): void {
  const store = world.store();
  store.write(() => {
    const forge = { host: 'github.com', repository: REPOSITORY };
    const project = store.projects.add(aProject({ forge }), event);
    for (let number = 1; number <= COUNT; number += 1) {
      const title = `Task ${number}: make it work again`;
      const task = store.tasks.add(
        aTask({ projectId: project.id, title, status: 'in_review', position: number }),
        event,
      );
      const url = `https://github.com/${REPOSITORY}/pull/${number}`;
      const address = { ...forge, number, url, createdAt: new Date().toISOString() };
      const nodeId = `PR_${REPOSITORY}_${number}`;
      store.pullRequests.add(
        { ...unreadPullRequest({ taskId: task.id, ...address }), nodeId },
        event,
      );
    }
  });
  store.close();
}

function finish(world: World): void {
  const store = world.store();
  store.write(() => {
    for (let id = 1; id <= COUNT; id += 1)
      store.tasks.setStatus(id, store.tasks.find(id)?.status ?? 'in_review', 'done', {}, event);
  });
  store.close();
}

async function pressKeys(env: Record<string, string>): Promise<number[]> {
  const screen = openScreen(process.execPath, [MAIN], { env });
  await screen.until('Task', { frame: true });
  screen.write(DOWN);
  await screen.until('\u001b[?2026h', { frame: true });
  const times: number[] = [];
  for (let press = 0; press < PRESSES; press += 1) {
    screen.write(press % 120 < 60 ? DOWN : '\u001b[A');
    times.push(await screen.until('\u001b[?2026h', { frame: true }));
    await rest(100);
  }
  await screen.close();
  return times;
}

function rest(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
