import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { measureOf, measureWork } from '#operations/session/measure.ts';
import { addProject, addSession, addTask, fakeApp } from '../../support/fake-app.ts';

const NUMBERS = { head: 'head', ahead: 1, behind: 2, files: 3, added: 4, deleted: 5, cut: false };
const LOCK = { path: 'yarn.lock', change: 'modified', binary: false, bytes: null } as const;
const READING = { ...NUMBERS, changed: [LOCK] };

test('work is measured against the base of the remote, and work that stays here against the local one', () => {
  const app = fakeApp();
  const project = addProject(app);
  const of = (push: 'pr' | 'local') => {
    const task = addTask(app, project, { push });
    const session = addSession(app, task, { baseCommit: 'abc', worktree: '/w', base: 'dev' });
    return measureOf(app, session)?.request;
  };
  expect(of('pr')).toEqual({ worktree: '/w', baseCommit: 'abc', base: 'dev', remote: 'origin' });
  expect(of('local')).toMatchObject({ remote: null });
});

test('a session without a worktree is not measured', () => {
  const app = fakeApp();
  const task = addTask(app, addProject(app));
  const session = addSession(app, task, { baseCommit: null });
  expect(measureOf(app, session)).toBeNull();
  expect(measureOf(app, { ...session, baseCommit: 'abc', state: 'closing' })).toBeNull();
});

test('the numbers are kept with the time of their reading; what cannot be read leaves them', async () => {
  const answers = [READING, refuse('It cannot be told.')];
  const app = fakeApp({ git: { readWork: async () => answers.shift() ?? READING } });
  const task = addTask(app, addProject(app));
  const session = addSession(app, task, { baseCommit: 'abc' });
  const request = measureOf(app, session)?.request;
  if (request === undefined) throw new Error('It has a worktree.');
  await measureWork(app, session.id, request);
  const read = { ...NUMBERS, readAt: app.clock.now() };
  app.clock.advance(60_000);
  await measureWork(app, session.id, request);
  expect(app.store.progress.of(session.id)).toMatchObject({
    work: read,
    risks: [{ path: 'yarn.lock', why: 'pins what is installed' }],
  });
});

test('files that a gate of the project stands on are marked; settings that cannot be read mark none', async () => {
  const app = fakeApp({ git: { readWork: async () => READING } });
  const project = addProject(app, { path: join(app.paths.home, 'app') });
  const session = addSession(app, addTask(app, project), { baseCommit: 'abc' });
  const folder = join(project.path, '.claustre');
  mkdirSync(folder, { recursive: true });
  const marks = async (toml: string) => {
    writeFileSync(join(folder, 'config.toml'), toml);
    const request = measureOf(app, session)?.request;
    if (request === undefined) throw new Error('It has a worktree.');
    await measureWork(app, session.id, request);
    return app.store.progress.of(session.id).risks?.map(({ why }) => why);
  };
  const gate = '[[gates]]\nname = "test"\ncommand = "x"\nprotected = ["*.lock"]';
  expect(await marks(gate)).toEqual(['gate test stands on it']);
  expect(await marks('gates = 1')).toEqual(['pins what is installed']);
});
