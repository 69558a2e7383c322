import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { openStore } from '#store/store.ts';
import { addProject, addTask } from '../support/builders.ts';
import { tempDir } from '../support/temp-dir.ts';

const PROCESSES = 20;
const STEPS = 200;
const TASKS = 10;

test('twenty processes doing two hundred changes each lose none and see no "busy"', async () => {
  const path = join(tempDir(), 'claustre.db');
  const store = openStore(path);
  addProject(store);
  for (let index = 0; index < TASKS; index += 1) addTask(store, { position: 0 });
  const worker = join(import.meta.dirname, 'transitions-worker.ts');
  const run = promisify(execFile);
  await Promise.all(
    Array.from({ length: PROCESSES }, () =>
      // A process that meets "busy" ends with an error, which rejects here.
      run(process.execPath, [worker, path, String(STEPS), String(TASKS)]),
    ),
  );
  const sum = store.tasks.ofProject(1, null).reduce((total, task) => total + task.position, 0);
  const events = store.tasks
    .ofProject(1, null)
    .reduce(
      (total, task) =>
        total +
        store.events.ofTask(task.id, 10_000).filter((each) => each.kind === 'test.step').length,
      0,
    );
  expect(sum).toBe(PROCESSES * STEPS);
  expect(events).toBe(PROCESSES * STEPS);
  store.close();
}, 120_000);
