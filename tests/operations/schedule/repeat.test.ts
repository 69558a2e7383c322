import { describe, expect, onTestFinished, test } from 'vitest';
import { repeatTasks } from '#operations/schedule/repeat.ts';
import { openStore } from '#store/store.ts';
import { addProject, addTask, type FakeApp, fakeApp } from '../../support/fake-app.ts';
import { granted } from '../../support/workshop.ts';

const DAY = 24 * 60 * 60_000;
/** The clock of the fake stands at the first of January, 12:00. */
const MORNING = '2026-01-01T09:00:00.000Z';

function shop(): { app: FakeApp; daily: number; end: (id: number, to?: 'done' | 'error') => void } {
  const app = fakeApp();
  const project = addProject(app);
  const daily = addTask(app, project, {
    title: 'Sweep',
    mode: 'autonomous',
    priority: 1,
    branch: 'sweep',
    every: '1d',
    notBefore: MORNING,
    failures: 2,
  });
  const end = (id: number, to: 'done' | 'error' = 'done'): void => {
    const event = { kind: 'test', source: 'person' as const, at: app.clock.iso() };
    const completedAt = app.clock.iso();
    app.store.write(() => app.store.tasks.setStatus(id, 'pending', to, { completedAt }, event));
  };
  return { app, daily: daily.id, end };
}

async function repeat(app: FakeApp) {
  return granted(await repeatTasks.run(app, {}));
}

describe('a task that repeats', () => {
  test('gets its next occurrence when it has ended, with all that was said', async () => {
    const { app, daily, end } = shop();
    const event = { kind: 'test', source: 'person' as const, at: app.clock.iso() };
    app.store.write(() => {
      app.store.tasks.setSubtasks(daily, ['Front', 'Back'], event);
      app.store.tasks.setCriteria(daily, ['It shines.'], event);
      const [front] = app.store.tasks.subtasks(daily);
      app.store.tasks.setSubtaskDone(front?.id ?? 0, true, event);
    });
    expect(await repeat(app)).toEqual({ made: [], moved: [] });
    end(daily);
    const { made } = await repeat(app);
    const next = app.store.tasks.find(made[0]?.id ?? 0);
    expect(next).toMatchObject({
      title: 'Sweep',
      prompt: 'Do it.',
      mode: 'autonomous',
      status: 'pending',
      priority: 1,
      branch: null,
      every: '1d',
      notBefore: '2026-01-02T09:00:00.000Z',
      failures: 0,
      startedAt: null,
      completedAt: null,
    });
    expect(app.store.tasks.find(daily)?.nextId).toBe(next?.id);
    expect(app.store.tasks.subtasks(next?.id ?? 0)).toMatchObject([
      { text: 'Front', done: false },
      { text: 'Back', done: false },
    ]);
    expect(app.store.tasks.criteria(next?.id ?? 0)).toMatchObject([{ text: 'It shines.' }]);
  });

  test('gets one, whoever asks and however often', async () => {
    const { app, daily, end } = shop();
    end(daily);
    const other = openStore(app.paths.database);
    onTestFinished(() => other.close());
    const both = await Promise.all([repeat(app), repeat({ ...app, store: other })]);
    expect(both.flatMap(({ made }) => made)).toHaveLength(1);
    expect(await repeat(app)).toEqual({ made: [], moved: [] });
    expect(app.store.snapshot().tasks).toHaveLength(2);
  });

  test('goes on after an error, and after moments that were missed', async () => {
    const { app, daily, end } = shop();
    end(daily, 'error');
    app.clock.advance(10 * DAY);
    const { made } = await repeat(app);
    expect(made).toHaveLength(1);
    const next = app.store.tasks.find(made[0]?.id ?? 0);
    expect(next?.notBefore).toBe('2026-01-12T09:00:00.000Z');
  });

  test('ends when it is told to repeat no more, also when it was the last', async () => {
    const { app, daily, end } = shop();
    const event = { kind: 'test', source: 'person' as const, at: app.clock.iso() };
    app.store.write(() => app.store.tasks.update(daily, { every: null }, event));
    end(daily);
    expect(await repeat(app)).toEqual({ made: [], moved: [] });
  });
});

describe('a clock that jumps', () => {
  test('back makes no second task for the same moment', async () => {
    const { app, daily, end } = shop();
    end(daily);
    app.clock.advance(-3 * DAY);
    const { made } = await repeat(app);
    expect(app.store.tasks.find(made[0]?.id ?? 0)?.notBefore).toBe('2026-01-02T09:00:00.000Z');
    app.clock.advance(3 * DAY);
    expect(await repeat(app)).toEqual({ made: [], moved: [] });
  });

  test('ahead for a moment keeps no task back for days', async () => {
    const { app, daily, end } = shop();
    app.clock.advance(10 * DAY);
    end(daily);
    const { made } = await repeat(app);
    const id = made[0]?.id ?? 0;
    expect(app.store.tasks.find(id)?.notBefore).toBe('2026-01-12T09:00:00.000Z');
    app.clock.advance(-10 * DAY);
    expect(await repeat(app)).toEqual({ made: [], moved: [id] });
    expect(app.store.tasks.find(id)?.notBefore).toBe('2026-01-02T09:00:00.000Z');
    expect(await repeat(app)).toEqual({ made: [], moved: [] });
  });
});
