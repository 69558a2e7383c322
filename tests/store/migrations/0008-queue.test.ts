import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { MIGRATIONS } from '#store/migrations/all.ts';
import { openStore } from '#store/store.ts';
import { AT } from '../../support/builders.ts';
import { tempDir } from '../../support/temp-dir.ts';

const BEFORE = MIGRATIONS.findIndex(({ name }) => name === '0008-queue');

/** Rows in the tables that are made anew, and in those that point to them. */
const ROWS = `
insert into projects (id, uuid, name, path, default_branch, created_at) values (1, 'u-1', 'app', '/r/app', 'main', '${AT}');
insert into tasks (id, uuid, project_id, title, prompt, status, mode, push, loop, priority, position, created_at, updated_at)
  values (1, 't-1', 1, 'One', 'p', 'in_review', 'autonomous', 'pr', 1, 0, 1, '${AT}', '${AT}'),
         (2, 't-2', 1, 'Two', '', 'pending', 'autonomous', 'pr', 0, 2, 2, '${AT}', '${AT}');
insert into dependencies (task_id, after_id, until) values (2, 1, 'pr_green');
insert into attempts (id, task_id, session_id, purpose, claude_session_id, started_at, outcome, input_tokens, cost_usd, cost_seen_usd, worked_ms)
  values (4, 1, 's-1', 'fix', 'c-1', '${AT}', 'ended', 7, 0.5, 0.25, 9);
insert into pull_requests (id, task_id, host, repository, number, url, state, draft, created_at)
  values (3, 1, 'github.com', 'acme/app', 7, 'u7', 'open', 0, '${AT}');
insert into rounds (id, task_id, pull_request_id, kind, evidence, head_commit, started_at_ms, ended_at_ms, outcome, note, cost_usd)
  values (5, 1, 3, 'review', '[]', 'c1', 10, 20, 'pushed', 'n', 0.5);
insert into feedback (id, pull_request_id, kind, statements, round_id) values ('T_1', 3, 'thread', '[]', 5);
insert into verdicts (round_id, feedback_id, statement_id, words, verdict, reason) values (5, 'T_1', 'S_1', 'w', 'fixed', 'r');`;

test('tables that are made anew keep their rows, and what points to them', () => {
  const path = join(tempDir(), 'claustre.db');
  const old = new Database(path);
  for (const { sql } of MIGRATIONS.slice(0, BEFORE)) old.exec(sql);
  old.pragma(`user_version = ${BEFORE}`);
  old.exec(ROWS);
  const rounds = old.prepare('select * from rounds').all();
  const attempts = old.prepare('select * from attempts').all() as object[];
  old.close();

  const store = openStore(path);
  onTestFinished(() => store.close());
  const db = new Database(path);
  onTestFinished(() => void db.close());
  expect(db.prepare('select * from rounds').all()).toEqual(rounds);
  expect(db.prepare('select * from attempts').all()).toMatchObject(attempts);
  expect(db.prepare('select round_id from feedback').pluck().all()).toEqual([5]);
  expect(db.prepare('select count(*) from verdicts').pluck().get()).toBe(1);
  expect(store.tasks.after(2)).toEqual([{ id: 1, until: 'pr_green' }]);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');

  expect(store.projects.find(1)?.queue).toBe('rests');
  expect(store.queue.read()).toEqual({ pausedAt: null, pauseReason: null });
  expect(store.tasks.find(2)).toMatchObject({ notBefore: null, every: null, failures: 0 });
  expect(store.attempts.ofTask(1)).toMatchObject([{ purpose: 'fix', charged: false, model: null }]);
});

test('a row still goes with what it belongs to, after the references were off for the migration', () => {
  const store = openStore(join(tempDir(), 'claustre.db'));
  onTestFinished(() => store.close());
  expect(() =>
    store.write(() =>
      store.tasks.setCriteria(9, ['x'], { kind: 'test', source: 'person', at: AT }),
    ),
  ).toThrow(/FOREIGN KEY/);
});
