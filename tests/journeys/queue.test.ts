import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { QueueStatus } from '#operations/queue/status.ts';
import { openStore, type Store } from '#store/store.ts';
import { commits, isAlive, type Journey, journey, script } from '../support/journey.ts';
import { waitFor } from '../support/wait-for.ts';

const SLOTS = 3;

/** The agent is at work for longer than any test takes. */
const LONG = 'Wait.\n\n```sleep 60\n```';

/** A prompt by which the agent commits a file of its own. */
function works(name: string): string {
  return script(`Add ${name}.`, commits(`${name}.txt`, name));
}

async function addTasks({ json }: Journey, prompts: readonly string[]): Promise<number[]> {
  const added = prompts.map((prompt, place) =>
    json('add-task', 'app', `Task ${place}`, '-d', prompt, '-m', 'autonomous'),
  );
  return (await Promise.all(added)).map(({ id }) => id).sort((a, b) => a - b);
}

function store({ claustreHome }: Journey): Store {
  const found = openStore(join(claustreHome, 'claustre.db'));
  onTestFinished(() => found.close());
  return found;
}

/** The launches of all tasks in their order, and the most that worked at the same time. */
function lookBack({ events }: Store, ids: readonly number[]) {
  const all = ids.flatMap((id) => events.ofTask(id, 200)).sort((a, b) => a.id - b.id);
  let atOnce = 0;
  let most = 0;
  for (const { kind } of all) {
    if (kind === 'task.launch') atOnce += 1;
    if (kind === 'task.deliver') atOnce -= 1;
    most = Math.max(most, atOnce);
  }
  const launched = all.filter(({ kind }) => kind === 'task.launch').map(({ taskId }) => taskId);
  return { launched, most };
}

/** Waits until a task was delivered; a look at the database disturbs nobody. */
async function delivered(found: Store, id: number): Promise<void> {
  const isThere = () => found.tasks.find(id)?.status === 'in_review';
  try {
    await waitFor(`#${id} to be in review`, isThere, 30_000);
  } catch (cause) {
    const story = found.events.ofTask(id, 30).map(({ kind, data }) => [kind, data.reason]);
    throw new Error(`#${id} was not delivered: ${JSON.stringify(story)}`, { cause });
  }
}

test('the supervisor alone works off what was written, three at a time, the urgent first', async () => {
  const world = await journey({ remote: false });
  const { json, claustre, supervisor } = world;
  const ids = await addTasks(
    world,
    [1, 2, 3, 4, 5, 6].map((place) => works(`file-${place}`)),
  );
  const found = store(world);
  await claustre('edit', '6', '--priority', '0');
  await claustre('edit', '5', '--after', '1');
  expect(supervisor()).toBeNull();
  expect((await json('show', '1')).waits).toBe('the queue rests');

  // Nothing is launched by hand, and no dashboard is open.
  expect((await claustre('resume', 'app')).stdout).toContain('The queue of app runs.');
  for (const id of [1, 2, 3, 4, 6]) await delivered(found, id);
  expect((await json('show', '5')).waits).toBe('after #1');
  await claustre('merge', '1', '--yes');
  await delivered(found, 5);
  const { launched, most } = lookBack(found, ids);
  expect([...launched].sort()).toEqual(ids);
  expect(launched.slice(0, 3).sort()).toEqual([1, 2, 6]);
  expect(most).toBe(SLOTS);
  expect((await claustre('status')).stdout).toContain('0 of 3 slots are taken.');
}, 60_000);

test('a supervisor that is killed again and again starts each task once', async () => {
  const world = await journey({ remote: false });
  const { claustre, supervisor } = world;
  const ids = await addTasks(
    world,
    [1, 2, 3, 4].map((place) => works(`file-${place}`)),
  );
  const found = store(world);
  await claustre('resume', 'app');
  let killed = 0;
  const kill = setInterval(() => {
    const pid = supervisor();
    if (pid === null || !isAlive(pid)) return;
    process.kill(pid, 'SIGKILL');
    killed += 1;
  }, 1_200);
  await waitFor('some kills', () => killed > 2, 30_000);
  clearInterval(kill);
  for (const id of ids) await delivered(found, id);
  expect(lookBack(found, ids).most).toBeLessThanOrEqual(SLOTS);
  // A launch that was cut off may be begun anew, but one Claude only ever came of it.
  const came = (kind: string) => kind === 'session.start' || kind === 'session.adopt';
  const claudes = ids.map((id) => found.events.ofTask(id, 200).filter(({ kind }) => came(kind)));
  expect(claudes.map(({ length }) => length)).toEqual(ids.map(() => 1));
  expect(found.tasks.underWay().map(({ held }) => held)).toEqual(ids.map(() => null));
}, 60_000);

test('many that feed at once start each task once, and never more than there are slots', async () => {
  const world = await journey({ remote: false });
  const { json, claustre } = world;
  const ids = await addTasks(world, [LONG, LONG, LONG, LONG, LONG]);
  await claustre('resume', 'app');
  await Promise.all(Array.from({ length: 4 }, () => claustre('feed-next')));
  const status = await json<QueueStatus>('status');
  expect(status.slots).toEqual({ used: SLOTS, limit: SLOTS });
  expect(lookBack(store(world), ids).launched.sort()).toEqual([1, 2, 3]);
});

test('stop ends what works, resume goes on with it, and a finished parent lets its child start', async () => {
  const world = await journey({ remote: false });
  const { json, claustre, reaches, turnEnds, until } = world;
  await json('add-task', 'app', 'Long', '-d', LONG, '-m', 'autonomous');
  await json('add-task', 'app', 'After', '-d', works('after'), '-m', 'autonomous', '--after', '1');
  await claustre('resume', 'app');
  await until('it to work', 1, ({ session }) => session?.activity === 'working');
  expect((await claustre('stop', 'app')).exitCode).toBe(1);
  const stopped = await claustre('stop', 'app', '--yes');
  expect(stopped.stdout).toContain('Ended the Claude of #1');
  expect(await json('show', '1')).toMatchObject({
    status: 'interrupted',
    waits: 'the queue of app is paused',
    session: { activity: 'ended' },
  });
  expect(await json('inbox')).toEqual([]);
  await claustre('resume', 'app');
  const goesOn = await turnEnds(1);
  expect(goesOn.status).toBe('working');
  // The order and the word to go on; what the tool that was cut off said at its end is no prompt.
  const prompts = world
    .transcript(goesOn)
    .filter(({ type, message }) => type === 'user' && typeof message?.content === 'string');
  expect(prompts).toHaveLength(2);
  expect((await json('show', '2')).waits).toBe('after #1');
  await claustre('done', '1', '--yes');
  await reaches(2, 'in_review');
}, 60_000);

test('a task that is added while nobody watches the clock starts all the same', async () => {
  const world = await journey({ remote: false });
  const { json, claustre, reaches, tmux } = world;
  await claustre('resume', 'app');
  tmux('kill-server');
  const [id = 0] = await addTasks(world, [works('file')]);
  await reaches(id, 'in_review');
  expect((await json('show', `${id}`)).waits).toBeNull();
});
