import { expect, test } from 'vitest';
import { commits, journey, script } from '../support/journey.ts';
import { person } from '../support/person.ts';

/** Numbers of the queue's tasks as they stand on the screen, from top to bottom. */
function queued(screen: readonly string[]): number[] {
  return screen.flatMap((row) => {
    const found = /(?:pending|draft|done|working|in review) +#(\d+) /.exec(row);
    return found === null ? [] : [Number(found[1])];
  });
}

test('a queue is filtered, put in order and explained by keys; what is done is history with a story', async () => {
  const world = await journey({ remote: false });
  const { json, turnEnds, reaches } = world;
  await json('add-task', 'app', 'Paint', '-d', script('Paint.', commits('a.txt', 'a')), '--launch');
  await turnEnds(1);
  await reaches(1, 'in_review');
  await json('add-task', 'app', 'Bake bread');
  await json('add-task', 'app', 'Wash up', '--after', '2');
  await json('add-task', 'app', 'Bake a cake');

  const user = await person(world);
  const rows = await user.sees('after #2');
  expect(queued(rows)).toEqual([1, 2, 3, 4]);
  // The work of the first is said in numbers that git would say, too.
  await user.sees(/↑1 · \+1 −0 in 1 file/);

  user.press('/');
  user.types('bake');
  await user.sees('[/bake]');
  expect(queued(user.screen())).toEqual([2, 4]);
  user.press('Escape');
  await user.sees('after #2');

  user.press('G', 'K');
  await user.sees(/#4 Bake a cake[\s\S]*#3 Wash up/);
  user.press('+');
  await user.sees(/P1[\s\S]*#2 Bake bread|#4 Bake a cake.*P1/);
  expect((await world.show(4)).priority).toBe(1);

  user.press('Home', 'v');
  const story = (await user.sees('What happened')).join('\n');
  expect(story).toMatch(/delivered[\s\S]*worked \d+s[\s\S]*launched on task\/paint-[\s\S]*added/);
  user.press('Escape', 'r');
  await user.sees('Sure?');
  user.press('y');
  await reaches(1, 'done');
  await user.sees('1 today');

  user.press('H');
  await user.sees('History of app');
  await user.sees('#1 Paint');
  user.press('Enter');
  await user.sees('Completed');
  user.press('Escape', 'Escape');
  await user.sees('Task Queue');
});
