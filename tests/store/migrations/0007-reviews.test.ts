import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { MIGRATIONS } from '#store/migrations/all.ts';
import { openStore } from '#store/store.ts';
import { AT } from '../../support/builders.ts';
import { tempDir } from '../../support/temp-dir.ts';

const BEFORE = MIGRATIONS.findIndex(({ name }) => name === '0007-reviews');

/** A row in every table of the schema before this one; texts that a careless copy would break. */
const ROWS = `
insert into projects values (1, 'u-1', 'app', '/r/app', 'main', 'origin', 'github.com', 'acme/app', '${AT}', null);
insert into tasks (id, uuid, project_id, title, prompt, status, mode, base, branch, push, loop, priority, position, held, created_at, updated_at)
  values (1, 't-1', 1, 'It''s "ü"', 'p', 'in_review', 'autonomous', 'main', 'b', 'pr', 1, 0, 1.5, null, '${AT}', '${AT}'),
         (2, 't-2', 1, 'Two', '', 'done', 'supervised', null, null, 'local', 0, 2, 2, 'killed', '${AT}', '${AT}');
insert into subtasks values (1, 1, 'step', 1, 1);
insert into dependencies values (1, 2);
insert into sessions (id, task_id, state, moved_at_ms, branch, own_branch, worktree, base, base_commit, socket, claude_session_id, activity,
    activity_source, activity_since_ms, todos, created_at)
  values ('s-1', 1, 'open', 5, 'b', 1, '/w', 'main', 'c0', 'sock', 'c-1', 'idle', 'hook', 6, '[{"text":"x"}]', '${AT}');
insert into attempts (id, task_id, session_id, purpose, claude_session_id, started_at, input_tokens, cost_usd, worked_ms)
  values (1, 1, 's-1', 'work', 'c-1', '${AT}', 7, 0.5, 9);
insert into events values (1, 'e-1', '${AT}', 1, 1, 's-1', 'task.add', 'person', '{}');
insert into pull_requests values
  (3, 1, 'PR_3', 'github.com', 'acme/app', 7, 'u7', 'open', 1, 'main', 'b', 'c1', null, 'failed', '["lint","it''s \\"e2e\\""]', 'approved',
    'conflicting', 'DIRTY', '${AT}', '${AT}', 'offline', null),
  (4, 2, null, 'ghe.acme.com', 'acme/app', 8, 'u8', 'merged', 0, null, null, null, 'm', null, '[]', null, null, null, '${AT}', null, null, '${AT}'),
  (5, 2, null, 'github.com', 'acme/app', 9, 'u9', 'closed', 0, null, null, null, null, 'none', '[]', null, null, null, '${AT}', null, null, null);
insert into trash (id, project_id, task_id, reason, commits, changed, untracked, created_at) values (1, 1, 1, 'kill', 1, 2, 3, '${AT}');
insert into limits values ('five_hour', 50, 8, 9);
insert into requests (id, session_id, task_id, kind, tool, detail, body, questions, asked_at_ms, always)
  values ('r-1', 's-1', 1, 'permission', 'Bash', 'ls', '{}', '[]', 4, 'Bash(ls)');
insert into notices values (1, 'in_review', '${AT}');
insert into progress (session_id, ahead, cut) values ('s-1', 2, 0);
insert into transcripts values ('/t.jsonl', 's-1', 10, '[]');
insert into comments values (1, 1, 'a.ts', 'new', 1, 2, 'q', 'text', '${AT}', null);
insert into viewed_files values (1, 'a.ts', 'h', '${AT}');`;

type Rows = Record<string, Record<string, unknown>[]>;

function rowsOf(db: Database.Database): Rows {
  const tables = db
    .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
    .pluck()
    .all() as string[];
  return Object.fromEntries(
    tables.map((table) => [table, db.prepare(`select * from ${table}`).all() as Rows[string]]),
  );
}

test('a database of before keeps every row of every table', () => {
  const path = join(tempDir(), 'claustre.db');
  const old = new Database(path);
  for (const { sql } of MIGRATIONS.slice(0, BEFORE)) old.exec(sql);
  old.pragma(`user_version = ${BEFORE}`);
  old.pragma('foreign_keys = ON');
  old.exec(ROWS);
  const before = rowsOf(old);
  expect(Object.keys(before).filter((table) => before[table]?.length === 0)).toEqual([]);
  old.close();

  const store = openStore(path);
  onTestFinished(() => store.close());
  const db = new Database(path);
  onTestFinished(() => {
    db.close();
  });
  const after = rowsOf(db);
  for (const [table, rows] of Object.entries(before)) {
    const kept = rows.map(({ failed_checks: _, ...row }) => row);
    expect(after[table], table).toMatchObject(kept);
    expect(after[table]).toHaveLength(rows.length);
  }
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');

  const failed = { meaning: 'failed', state: 'FAILURE', required: null, job: null };
  expect(store.pullRequests.of(1)).toMatchObject({
    ...{ id: 3, checks: 'failed', approvedBy: [], queued: false, landedAt: null },
    checkRuns: [
      { ...failed, name: 'lint' },
      { ...failed, name: 'it\'s "e2e"' },
    ],
  });
  expect(store.pullRequests.find(4)).toMatchObject({ state: 'merged', landedAt: AT });
  expect(store.pullRequests.find(5)).toMatchObject({ state: 'closed', landedAt: null });
  expect(store.tasks.find(1)?.fix).toBeNull();
  expect(store.tasks.openBefore(1)).toEqual([]);
  expect(store.sessions.openOf(1)?.stackedOn).toBeNull();
  expect(after.dependencies).toEqual([{ task_id: 1, after_id: 2, until: 'done' }]);
});
