import type { App } from '#app.ts';
import { orThrow } from '#domain/error.ts';
import { addProject } from '#operations/project/add.ts';
import { addTask } from '#operations/task/add.ts';
import { launchTask } from '#operations/task/launch.ts';
import { play } from './play.ts';
import { ASKING_TASKS, createRepository, DEMO_TASKS, type DemoTask } from './tea-house.ts';
import { createWorld, type World } from './world.ts';

type OpenApp = App & { close(): void };

export interface DemoOptions {
  /** Absolute path of the script that runs. */
  main: string;
  /** The caller's; the demo takes over no more of it than where programs are, which editor is liked, and how the terminal speaks. */
  environment: Readonly<Record<string, string>>;
  /** Builds an app that lives in an environment. */
  openApp(environment: Record<string, string>): Promise<OpenApp>;
  /** Opens the dashboard on an app until the person closes it; returns its exit code. */
  dashboard(app: App): Promise<number>;
}

/**
 * Shows the main job in a place that is thrown away: in a terminal with the dashboard, without one step by step. Returns the exit code: 0
 * only if git confirms that every task ended as it should. Throws `environment` when a tool is missing.
 */
export async function startDemo(options: DemoOptions): Promise<number> {
  const { main, environment, openApp, dashboard } = options;
  const { stdin, stdout } = process;
  const print = (line: string): void => void stdout.write(`${line}\n`);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => stop.abort());
  }
  const world = createWorld(main, environment);
  const app = await open(world, openApp);
  try {
    print(`The repository of this demo: ${world.repository}`);
    print(
      'A stand-in plays Claude Code: it runs the commands that its prompts name. All else is real.\n',
    );
    const hasPerson = stdin.isTTY && stdout.isTTY;
    const wanted = hasPerson ? [...DEMO_TASKS, ...ASKING_TASKS] : DEMO_TASKS;
    const tasks = await addTasks(app, world, wanted, print);
    orThrow(await launchTask.run(app, { task: tasks }));
    if (hasPerson) return await dashboard(app);
    return (await play(app, world, tasks, print, stop.signal)) ? 0 : 1;
  } finally {
    await end(app, world);
    print(`\nNothing of it runs any more. Look around in ${world.repository}`);
    print(`or remove it all: rm -rf ${world.root}`);
  }
}

/** Nothing is left of a place in which nothing could be done. */
async function open(world: World, openApp: DemoOptions['openApp']): Promise<OpenApp> {
  try {
    await createRepository(world);
    return await openApp(world.env);
  } catch (error) {
    world.remove();
    throw error;
  }
}

async function addTasks(
  app: App,
  world: World,
  wanted: readonly DemoTask[],
  print: (line: string) => void,
): Promise<number[]> {
  const project = orThrow(await addProject.run(app, { name: 'tea-house', path: world.repository }));
  const ids: number[] = [];
  for (const { title, prompt } of wanted) {
    const task = orThrow(
      await addTask.run(app, {
        project: project.name,
        title,
        description: prompt,
        mode: 'autonomous',
        push: 'local',
      }),
    );
    print(`  #${task.id} ${title}`);
    ids.push(task.id);
  }
  print('');
  return ids;
}

/** How long the supervisor may take to end. */
const END_WAIT_MS = 5_000;

async function end(app: OpenApp, world: World): Promise<void> {
  const { clock, host, paths, tmux } = app;
  const supervisor = host.lastBeat(paths.heartbeat)?.pid;
  await world.end(tmux.socket);
  const deadline = clock.now() + END_WAIT_MS;
  while (supervisor !== undefined && host.isAlive(supervisor) && clock.now() < deadline) {
    await clock.wait(20);
  }
  // Whoever was about to look at it may have asked for it once more.
  await world.end(tmux.socket);
  app.close();
}
