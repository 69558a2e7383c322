import { expect, test } from 'vitest';
import type { TaskView } from '#domain/task-view.ts';
import { answering } from '../support/answering.ts';
import { commits, isAlive, type Journey, journey, script } from '../support/journey.ts';
import { waitFor } from '../support/wait-for.ts';

async function launch({ json }: Journey, prompt: string, push: string): Promise<void> {
  const words = ['app', 'Add a page', '-d', prompt, '-m', 'autonomous', '--push', push];
  await json('add-task', ...words, '--launch');
}

interface AttemptRow {
  purpose: string;
  errorCode: string | null;
  charged: boolean;
  outcome: string | null;
}

const codes = async ({ json }: Journey): Promise<(string | null)[]> => {
  const attempts = await json<AttemptRow[]>('attempts', '1');
  return attempts.map(({ errorCode }) => errorCode);
};

const kinds = async ({ json }: Journey): Promise<string[]> => {
  const events = await json<{ kind: string }[]>('events', '1');
  return events.map(({ kind }) => kind).filter((kind) => /^(finish|attempt|task)\./.test(kind));
};

/** The prompts that the agent was sent about what is missing. */
function told(world: Journey, task: TaskView): string[] {
  return world.transcript(task).flatMap(({ type, message }) => {
    const { content } = message ?? {};
    return type === 'user' && typeof content === 'string' && content.includes('finish round')
      ? [content]
      : [];
  });
}

test('an agent that says it is finished and did nothing is told once, and ends in error with the evidence', async () => {
  const world = await journey();
  await launch(world, 'Add a page.', 'local');
  const task = await world.reaches(1, 'error');
  expect(told(world, task)).toHaveLength(1);
  expect(told(world, task)[0]).toContain('There is no commit of this task yet.');
  const { stdout } = await world.claustre('why', '1');
  expect(stdout).toContain('nothing is committed on top of main (nothing changed since round 1)');
  expect(stdout).toContain('claustre retry 1');
  const [entry] = await world.json<{ kind: string; text: string }[]>('inbox');
  expect(entry).toMatchObject({ kind: 'error' });
  expect(entry?.text).toContain('no file is changed');
  expect(await codes(world)).toEqual([null, 'not_delivered']);
  await world.until('its Claude to be ended', 1, ({ session }) => session?.activity === 'ended');
});

test('an agent that forgets to push is told what is missing, and is done when the remote has it', async () => {
  const world = await journey();
  answering(world, 'finish round', script('', 'git push -q origin HEAD'));
  await launch(world, script('Add a page.', commits('page.txt', 'hello')), 'push');
  await world.reaches(1, 'done');
  const finish = (await kinds(world)).filter((kind) => kind.startsWith('finish.'));
  expect(finish).toEqual(['finish.begin', 'finish.end']);
  const [round] = await world.json<{ kind: string; outcome: string }[]>('rounds', '1');
  expect(round).toMatchObject({ kind: 'finish', outcome: 'delivered' });
});

test('delivered work frees its place: Claude is ended and stays resumable', async () => {
  const world = await journey();
  await launch(world, script('Add a page.', commits('page.txt', 'hello')), 'local');
  await world.reaches(1, 'in_review');
  const task = await world.until('its Claude to be ended', 1, (each) => {
    return each.session?.activity === 'ended' && each.status === 'in_review';
  });
  await world.json('launch', '1');
  const again = await world.until('it to wait at its prompt', 1, ({ session }) => {
    return session?.activity === 'idle';
  });
  expect(again.session?.claudeSessionId).toBe(task.session?.claudeSessionId);
});

test('an agent that dies is started again with its conversation, and given up when it does not stop dying', async () => {
  const world = await journey({ config: '[attempts]\nmax = 2\n' });
  answering(world, '', '```crash\n```');
  await launch(world, 'Add a page.', 'local');
  const again = await world.until(
    'it to be tried again',
    1,
    ({ status }) => status === 'interrupted',
  );
  expect(again.session?.activity).toMatch(/ended|lost/);
  const { stdout } = await world.claustre('why', '1');
  expect(stdout).toMatch(/tried again/);
  expect(await world.json('inbox')).toEqual([]);
  const task = await world.reaches(1, 'error');
  expect(await codes(world)).toEqual(['exited', 'exited']);
  expect(await kinds(world)).toContain('task.give_up');
  const ended = await world.claustre('why', '1');
  expect(ended.stdout).toContain('exit code 1');
  expect(task.status).toBe('error');
});

test('a supervisor that is killed all through changes nothing of the end', async () => {
  const world = await journey();
  answering(world, 'finish round', script('', 'git add -A && git commit -qm "Add a page"'));
  await launch(world, script('Add a page.', 'echo hello > page.txt'), 'local');
  // One dies in each step: before the turn is judged, while Claude is told, while it is judged again. What it was sending is sent again only when
  // it surely did not arrive, which takes half a minute.
  for (const step of [/^session\.update$/, /^finish\.begin$/, /^finish\.end$|^task\.deliver$/]) {
    await waitFor(
      `the step ${step}`,
      async () => {
        const events = await world.json<{ kind: string }[]>('events', '1');
        return events.some(({ kind }) => step.test(kind));
      },
      45_000,
    );
    const pid = world.supervisor();
    if (pid !== null && isAlive(pid)) process.kill(pid, 'SIGKILL');
  }
  const task = await waitFor(
    'it to be in review',
    async () => {
      const view = await world.show(1);
      return view.status === 'in_review' && view;
    },
    45_000,
  );
  expect(told(world, task)).toHaveLength(1);
}, 150_000);
