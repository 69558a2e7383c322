import type { App } from '#app.ts';
import { ClaustreError, isRefusal, orThrow } from '#domain/error.ts';
import type { TaskStatus } from '#domain/task.ts';
import { sendToSession } from '#operations/session/send.ts';
import { mergeTask } from '#operations/task/merge.ts';
import { type Ended, whatIsWrong } from './confirm.ts';
import { RESOLVE } from './tea-house.ts';
import type { World } from './world.ts';

/** Longer than any of its steps takes on a slow machine. */
const STEP_TIMEOUT_MS = 30_000;

type Print = (line: string) => void;

/** Plays the main job through: every status, the conflict, the merges. Returns whether git confirms the end; throws when a step fails. */
export async function play(
  app: App,
  world: World,
  tasks: readonly number[],
  print: Print,
  stopped: AbortSignal,
): Promise<boolean> {
  const [first = 0, second = 0, third = 0] = tasks;
  const follow = followStatuses(app, tasks, print);
  const unwatch = app.changes(follow);
  const reach = async (id: number, status: TaskStatus): Promise<void> => {
    await until(
      app,
      `#${id} is ${status}`,
      () => app.store.tasks.find(id)?.status === status,
      stopped,
    );
    follow();
  };
  try {
    follow();
    for (const id of tasks) await reach(id, 'in_review');
    print('\nAll three are in review. The first two are merged:');
    const ended = [await merge(app, first, follow, print)];
    ended.push(await merge(app, second, follow, print));
    await reach(third, 'conflict');
    print('\nThe third one changed a line that the first one had changed. A merge refuses:');
    const refusal = await mergeTask.run(app, { task: third });
    if (!isRefusal(refusal)) throw failed(`#${third} was merged although it conflicts.`);
    print(`  ${refusal.reason}`);
    print('\nIts agent is sent a prompt that resolves it, in the same conversation:');
    await until(app, `#${third} rests`, () => rests(app, third), stopped);
    orThrow(await sendToSession.run(app, { task: third, text: RESOLVE }));
    await until(app, `#${third} works`, () => saw(app, third, 'task.prompt'), stopped);
    await reach(third, 'in_review');
    ended.push(await merge(app, third, follow, print));
    print('\nDoes git agree?');
    const wrong = await whatIsWrong(world, ended);
    for (const sentence of wrong) print(`  no: ${sentence}`);
    if (wrong.length > 0) return false;
    print(
      '  yes: three merge commits on main, the files as expected, worktrees and branches gone,',
    );
    print('  and what they were is kept under refs/claustre/trash.');
    print(`\n${await world.git('log', '--oneline', '--graph', 'main')}`);
    return true;
  } finally {
    unwatch();
  }
}

async function merge(app: App, id: number, follow: () => void, print: Print): Promise<Ended> {
  const session = app.store.sessions.openOf(id);
  if (session === null) throw failed(`#${id} has no session to merge.`);
  const merged = orThrow(await mergeTask.run(app, { task: id }));
  follow();
  const { title, branch, commit, base } = merged;
  if (commit === null) throw failed(`#${id} was not merged.`);
  print(`  #${id} "${title}": merged into ${base} as ${commit.slice(0, 10)}.`);
  return { id, title, branch, commit, worktree: session.worktree };
}

/** Returns a function that prints each status that was reached since its last call, in the order of the events. */
function followStatuses({ store }: App, tasks: readonly number[], print: Print): () => void {
  let seen = 0;
  return () => {
    const events = tasks
      .flatMap((id) => store.events.ofTask(id, 200))
      .filter(
        ({ id, kind, data }) => id > seen && kind.startsWith('task.') && data.to !== undefined,
      )
      .sort((a, b) => a.id - b.id);
    for (const { id, taskId, data, source } of events) {
      seen = id;
      const title = store.tasks.find(taskId ?? 0)?.title ?? '';
      const files =
        Array.isArray(data.files) && data.files.length > 0 ? `: ${data.files.join(', ')}` : '';
      print(`  #${taskId} ${title.padEnd(24)}${data.from} → ${data.to}${files}  (${source})`);
    }
  };
}

/** Whether a task's Claude has nothing to do: one whose work was delivered is parked soon, and a text wakes it. */
function rests({ store }: App, id: number): boolean {
  const session = store.sessions.openOf(id);
  return session !== null && (session.activity.name === 'idle' || session.parkedAt !== null);
}

function saw({ store }: App, id: number, kind: string): boolean {
  return store.events.ofTask(id, 200).some((event) => event.kind === kind);
}

/** Waits for a fact that a commit to the database brings. */
async function until(
  app: App,
  what: string,
  fact: () => boolean,
  stopped: AbortSignal,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stop = (): void => reject(Object.assign(new Error('Interrupted.'), { name: 'AbortError' }));
  const unwatch = app.changes(() => fact() && resolve());
  const timer = setTimeout(
    () => reject(failed(`Waited ${STEP_TIMEOUT_MS / 1000} s until ${what}.`)),
    STEP_TIMEOUT_MS,
  );
  stopped.addEventListener('abort', stop);
  if (stopped.aborted) stop();
  if (fact()) resolve();
  try {
    await promise;
  } finally {
    unwatch();
    clearTimeout(timer);
    stopped.removeEventListener('abort', stop);
  }
}

function failed(sentence: string): ClaustreError {
  return new ClaustreError('refused', `The demo did not come to its end: ${sentence}`, {
    hint: 'Its place is kept; `claustre doctor` checks the tools.',
  });
}
