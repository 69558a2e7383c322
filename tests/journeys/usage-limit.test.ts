import { expect, test } from 'vitest';
import { commits, isAlive, journey } from '../support/journey.ts';
import { waitFor } from '../support/wait-for.ts';

/** A turn that a usage limit ends, and that goes on with its work once it is told to. */
function limited(seconds: number, file: string): string {
  const limit = `\`\`\`fail rate_limit ${seconds}\n\`\`\``;
  return `Do it.\n\n${limit}\n\n\`\`\`sh\n${commits(file, 'done')}\n\`\`\``;
}

test('tasks that a usage limit stops hold, and go on one after the other after its reset, also when the supervisor is killed meanwhile', async () => {
  const world = await journey({ remote: false });
  const { json, claustre, until, screen, supervisor, reaches } = world;
  for (const file of ['a.txt', 'b.txt']) {
    await json('add-task', 'app', file, '-d', limited(8, file), '-m', 'autonomous');
  }
  await json('add-task', 'app', 'mine', '-d', limited(8, 'c.txt'));
  await claustre('launch', '1', '2', '3');
  await until('it is limited', 1, ({ session }) => session?.activity === 'limited');
  const refused = await claustre('send', '1', 'go on');
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('usage limit') });
  for (const id of [1, 2, 3]) {
    await until('it is limited', id, ({ session }) => session?.activity === 'limited');
    await waitFor('its menu to be closed', async () => !/Stop and wait/.test(await screen(id)));
  }
  const killed = supervisor();
  if (killed === null) throw new Error('There is no supervisor.');
  process.kill(killed, 'SIGKILL');
  await waitFor('the supervisor to be gone', () => !isAlive(killed));

  await reaches(1, 'in_review');
  await reaches(2, 'in_review');
  for (const id of [1, 2]) {
    const prompts = world
      .transcript(await world.show(id))
      .filter(({ type, message }) => type === 'user' && typeof message?.content === 'string');
    expect(prompts).toHaveLength(2);
  }
  // A supervised one is the person's.
  expect(await world.show(3)).toMatchObject({
    status: 'working',
    session: { activity: 'limited' },
  });
  expect(await json<unknown[]>('inbox')).toContainEqual(
    expect.objectContaining({ kind: 'limited', task: 3 }),
  );
  expect(await claustre('send', '3', 'continue')).toMatchObject({ exitCode: 0 });
  await reaches(3, 'in_review');
}, 60_000);
