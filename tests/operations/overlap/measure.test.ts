import { expect, test } from 'vitest';
import type { MergeSide } from '#app.ts';
import { ClaustreError, refuse } from '#domain/error.ts';
import { measureOverlaps, newRadarMemory } from '#operations/overlap/measure.ts';
import { moveSession } from '../../support/builders.ts';
import { addProject, addSession, addTask, fakeApp } from '../../support/fake-app.ts';

function stage() {
  const marks = new Map<string, string>();
  const files = new Map<string, string[]>();
  /** When a person wrote the file `a` of a worktree. */
  const written = new Map<string, number>();
  const reads: string[] = [];
  /** Worktrees whose files' times were looked at. */
  const watched: string[] = [];
  const merges: [string, string][] = [];
  const world = { slow: false, refuses: false, conflicts: ['a', 'other'] };
  const app = fakeApp({
    git: {
      workMark: ({ worktree }) => marks.get(worktree) ?? 'as it was',
      writtenSince: (worktree, names, since) => {
        watched.push(worktree);
        return names.includes('a') && (written.get(worktree) ?? 0) > since;
      },
      touchedFiles: async (worktree) => {
        reads.push(worktree);
        if (world.slow) throw new ClaustreError('timeout', 'git took longer than 15 s.');
        if (world.refuses) return refuse('It cannot be inspected.');
        const touched = files.get(worktree) ?? [];
        return { head: `head of ${worktree}`, files: touched, uncommitted: touched };
      },
      tryMerges: async (_, pairs) => {
        for (const [one, other] of pairs) merges.push([nameOf(one), nameOf(other)]);
        return pairs.map(() => world.conflicts);
      },
    },
  });
  const nameOf = ({ worktree, uncommitted }: MergeSide) => `${worktree}:${uncommitted.join()}`;
  const memory = newRadarMemory();
  const project = addProject(app);
  const open = (
    worktree: string,
    touched: string[],
    of = project,
    stackedOn: number | null = null,
  ) => {
    files.set(worktree, touched);
    return addSession(app, addTask(app, of), { worktree, baseCommit: 'abc', stackedOn });
  };
  const measure = () => measureOverlaps(app, app.store.sessions.open(), memory);
  return { app, world, marks, written, files, reads, watched, merges, project, open, measure };
}

test('sessions of one project that touch the same files are told, with those of the files that would conflict', async () => {
  const { app, open, measure, merges } = stage();
  const one = open('/1', ['a', 'b', 'own']);
  const other = open('/2', ['a', 'b']);
  open('/3', ['a'], addProject(app, { name: 'elsewhere' }));
  expect(await measure()).toEqual([
    {
      ...{ taskId: one.taskId, otherId: other.taskId, files: ['a', 'b'], conflicts: ['a'] },
      readAt: app.clock.iso(),
    },
  ]);
  // What only one of them touches cannot conflict, and is not read.
  expect(merges).toEqual([['/1:a,b', '/2:a,b']]);
});

test('git is asked only about what changed, and about nothing where one session is alone', async () => {
  const { open, measure, reads, merges, marks, files } = stage();
  open('/1', ['a']);
  await measure();
  expect(reads).toEqual([]);
  open('/2', ['a']);
  open('/3', ['z']);
  const told = await measure();
  expect(await measure()).toEqual(told);
  expect(reads).toEqual(['/1', '/2', '/3']);
  expect(merges).toHaveLength(1);
  marks.set('/3', 'changed');
  files.set('/3', ['a']);
  expect(await measure()).toHaveLength(3);
  expect(reads.slice(3)).toEqual(['/3']);
  expect(merges.slice(1)).toHaveLength(2);
});

test('a session that was closed overlaps nothing any more', async () => {
  const { app, open, measure } = stage();
  open('/1', ['a']);
  const { id } = open('/2', ['a']);
  expect(await measure()).toHaveLength(1);
  moveSession(app.store, id, { state: 'closed' });
  expect(await measure()).toEqual([]);
});

test('a session without a worktree is not asked about', async () => {
  const { open, measure, reads, marks } = stage();
  open('/1', ['a']);
  open('/2', ['a']);
  marks.set('/2', '');
  expect(await measure()).toEqual([]);
  expect(reads).toEqual(['/1']);
});

test('what cannot be read leaves what was known', async () => {
  const { open, measure, world, marks } = stage();
  open('/1', ['a']);
  open('/2', ['a']);
  const told = await measure();
  marks.set('/1', 'changed');
  world.slow = true;
  expect(await measure()).toEqual(told);
  marks.set('/1', 'again');
  Object.assign(world, { slow: false, refuses: true });
  expect(await measure()).toEqual(told);
});

test('of many pairs the merges are tried bit by bit', async () => {
  const { open, measure, merges } = stage();
  for (const name of ['1', '2', '3', '4', '5', '6', '7', '8']) open(`/${name}`, ['a']);
  const first = await measure();
  expect(first).toHaveLength(28);
  expect(first.filter(({ conflicts }) => conflicts === null)).toHaveLength(8);
  expect((await measure()).every(({ conflicts }) => conflicts !== null)).toBe(true);
  expect(merges).toHaveLength(28);
});

test('a file that a person writes is seen where another task touches it, though nothing tells of it', async () => {
  const { app, open, measure, written, files, reads } = stage();
  const one = open('/1', ['a']);
  const other = open('/2', []);
  expect(await measure()).toEqual([]);
  app.clock.advance(15_000);
  files.set('/2', ['a']);
  written.set('/2', app.clock.now() - 1);
  expect(await measure()).toMatchObject([{ taskId: one.taskId, otherId: other.taskId }]);
  const before = reads.length;
  app.clock.advance(15_000);
  expect(await measure()).toHaveLength(1);
  expect(reads).toHaveLength(before);
});

test('files of a worktree that rests are looked at ever less often, and of one at work each time', async () => {
  const { app, open, measure, written, reads, watched } = stage();
  open('/at work', ['a']);
  const { id } = open('/at rest', ['a']);
  const activity = { name: 'idle', source: 'hook', since: 0, detail: null } as const;
  app.store.write(() => app.store.sessions.update(id, { activity }, null));
  const looks = async (times: number) => {
    for (let time = 0; time < times; time += 1) {
      app.clock.advance(30_000);
      await measure();
    }
  };
  await measure();
  await looks(120);
  expect(watched.filter((each) => each === '/at work')).toHaveLength(120);
  expect(watched.filter((each) => each === '/at rest').length).toBeLessThan(20);
  expect(reads).toHaveLength(2);
  const [told] = await measure();
  expect(Date.parse(told?.readAt ?? '')).toBeGreaterThan(app.clock.now() - 5 * 60_000 - 1);
  // A person who edits there is seen after a few minutes.
  written.set('/at rest', app.clock.now());
  await looks(11);
  expect(reads).toEqual(['/at work', '/at rest', '/at rest']);
});
