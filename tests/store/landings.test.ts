import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { MIGRATIONS } from '#store/migrations/all.ts';
import { openStore } from '#store/store.ts';
import { AT, addProject, addTask } from '../support/builders.ts';
import { tempDir } from '../support/temp-dir.ts';

test('what was merged before there were landings has landed: nobody touches its branch now', () => {
  const path = join(tempDir(), 'claustre.db');
  const old = new Database(path);
  const before = MIGRATIONS.findIndex(({ name }) => name === '0007-reviews');
  for (const { sql } of MIGRATIONS.slice(0, before)) old.exec(sql);
  old.pragma(`user_version = ${before}`);
  old.exec(`
    insert into projects (id, uuid, name, path, default_branch, created_at) values (1, 'u', 'old', '/old', 'main', '${AT}');
    insert into tasks (id, uuid, project_id, title, prompt, status, mode, push, loop, priority, position, created_at, updated_at)
      values (1, 't', 1, 'Old', '', 'done', 'supervised', 'pr', 0, 2, 1, '${AT}', '${AT}');
    insert into pull_requests (task_id, host, repository, number, url, state, draft, created_at, merged_at)
      values (1, 'github.com', 'acme/app', 1, 'u', 'merged', 0, '${AT}', '${AT}');
    insert into pull_requests (task_id, host, repository, number, url, state, draft, created_at)
      values (1, 'github.com', 'acme/app', 2, 'u', 'open', 0, '${AT}');`);
  old.close();
  const store = openStore(path);
  onTestFinished(() => store.close());
  expect(store.pullRequests.unlanded()).toEqual([]);
  const open = store.pullRequests.of(1);
  expect(open).toMatchObject({ number: 2, landedAt: null });
  const event = { kind: 'test', source: 'supervisor', at: AT } as const;
  store.write(() => store.pullRequests.update(open?.id ?? 0, { state: 'merged' }, event));
  expect(store.pullRequests.unlanded()).toMatchObject([{ number: 2 }]);
  expect([addProject(store).id, addTask(store).id]).toEqual([2, 2]);
});
