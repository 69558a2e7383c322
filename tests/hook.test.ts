import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { recordParked } from '#operations/session/update-status.ts';
import { drain, park } from '#store/spool.ts';
import { HOOK_BUNDLE, runHook, startHook } from './support/hook-bundle.ts';
import { ownStore } from './support/own-store.ts';
import { SESSION_ID, seedSession } from './support/seed-session.ts';
import { tempDir } from './support/temp-dir.ts';

const PROMPT = { hook_event_name: 'UserPromptSubmit', prompt: 'go' };
const OK = { status: 0, printed: '' };

function place() {
  const { store, home } = ownStore();
  const { task } = seedSession(store);
  const spool = join(home, 'spool');
  return {
    store,
    home,
    spool,
    activity: () => store.sessions.find(SESSION_ID)?.activity.name,
    events: () =>
      store.events.ofTask(task.id, 100).filter((event) => event.kind === 'session.update'),
    parked: () => (existsSync(join(spool, 'new')) ? readdirSync(join(spool, 'new')) : []),
    drain: () => drain(spool, (report) => void recordParked(store, report)),
  };
}

describe('a report', () => {
  test('is committed in silence', () => {
    const it = place();
    expect(runHook({ home: it.home, payload: PROMPT })).toEqual(OK);
    expect(it.activity()).toBe('working');
    expect(it.parked()).toEqual([]);
  });

  test('of ten hooks at the same instant is committed ten times', async () => {
    const it = place();
    const todos = Array.from({ length: 10 }, (_, index) => ({
      hook_event_name: 'TaskCreated',
      task_id: String(index),
      task_subject: 'x',
    }));
    const codes = await Promise.all(todos.map((payload) => startHook({ home: it.home, payload })));
    expect(new Set(codes)).toEqual(new Set([0]));
    it.drain();
    expect(it.store.sessions.find(SESSION_ID)?.todos).toHaveLength(10);
  });

  test('for a busy database is parked, and counts exactly once when it is drained', async () => {
    const it = place();
    const holder = new Database(join(it.home, 'claustre.db'));
    holder.exec('begin immediate');
    const code = await startHook({ home: it.home, payload: PROMPT });
    holder.exec('rollback');
    holder.close();
    expect(code).toBe(0);
    expect(it.parked()).toHaveLength(1);
    expect(it.activity()).toBe('starting');
    // A drain that ended between its commit and the removal of the file leaves the report there once more.
    const [name = ''] = it.parked();
    const copy = readFileSync(join(it.spool, 'new', name), 'utf8');
    expect(it.drain()).toBe(1);
    writeFileSync(join(it.spool, 'new', name), copy);
    it.drain();
    expect(it.parked()).toEqual([]);
    expect(it.activity()).toBe('working');
    expect(it.events()).toHaveLength(1);
  });

  test('takes what was parked before it along, in order', () => {
    const it = place();
    const at = Date.now();
    const body = JSON.stringify(PROMPT);
    park(it.spool, { uid: 'early', sessionId: SESSION_ID, at, kind: 'hook', body });
    expect(runHook({ home: it.home, payload: { hook_event_name: 'Stop' } })).toEqual(OK);
    expect(it.events().map((event) => event.data.event)).toEqual(['UserPromptSubmit', 'Stop']);
    expect(it.parked()).toEqual([]);
  });

  test('a parked one that nothing can apply is set aside and holds up no other', () => {
    const it = place();
    const report = { sessionId: SESSION_ID, at: Date.now(), kind: 'hook', body: '{}' } as const;
    park(it.spool, { ...report, uid: 'a' });
    park(it.spool, { ...report, uid: 'b' });
    const seen: string[] = [];
    drain(it.spool, ({ uid }) => {
      if (uid === 'a') throw new TypeError('broken');
      seen.push(uid);
    });
    expect(seen).toEqual(['b']);
    expect(readdirSync(join(it.spool, 'bad'))).toHaveLength(1);
  });
});

test('by hand the environment says where the data directory is', () => {
  const it = place();
  const env = {
    PATH: process.env.PATH ?? '',
    CLAUSTRE_SESSION_ID: SESSION_ID,
    CLAUSTRE_HOME: it.home,
  };
  const input = JSON.stringify(PROMPT);
  const done = spawnSync(process.execPath, [HOOK_BUNDLE, 'session-update'], {
    env,
    input,
    encoding: 'utf8',
  });
  expect([done.status, done.stdout, done.stderr]).toEqual([0, '', '']);
  expect(it.activity()).toBe('working');
});

describe('what is none of ours', () => {
  test('an unknown session, none at all, a name that is a path', () => {
    const it = place();
    for (const sessionId of ['22222222-2222-4333-8444-555555555555', null, '../x']) {
      expect(runHook({ home: it.home, payload: PROMPT, sessionId })).toEqual(OK);
    }
    expect(it.activity()).toBe('starting');
    expect(it.parked()).toEqual([]);
  });

  test('what is no JSON, and nothing', () => {
    const it = place();
    expect(runHook({ home: it.home, payload: '{"half":' })).toEqual(OK);
    expect(runHook({ home: it.home, payload: '' })).toEqual(OK);
    expect(it.parked()).toEqual([]);
  });
});

describe('a place that does not fit', () => {
  test('without a data directory none is made', () => {
    const home = join(tempDir(), 'none');
    expect(runHook({ home, payload: PROMPT })).toEqual(OK);
    expect(existsSync(home)).toBe(false);
  });

  test('without a database the report is parked and none is made', () => {
    const home = tempDir();
    expect(runHook({ home, payload: PROMPT })).toEqual(OK);
    expect(readdirSync(join(home, 'spool', 'new'))).toHaveLength(1);
    expect(existsSync(join(home, 'claustre.db'))).toBe(false);
  });

  test('a database of a newer claustre is left alone and the report parked', () => {
    const it = place();
    const db = new Database(join(it.home, 'claustre.db'));
    db.pragma('user_version = 99');
    db.close();
    expect(runHook({ home: it.home, payload: PROMPT })).toEqual(OK);
    expect(it.parked()).toHaveLength(1);
    expect(it.activity()).toBe('starting');
  });

  test('a database that is none is left as it is', () => {
    const home = tempDir();
    writeFileSync(join(home, 'claustre.db'), 'no database'.repeat(100));
    expect(runHook({ home, payload: PROMPT })).toEqual(OK);
    expect(readFileSync(join(home, 'claustre.db'), 'utf8')).toBe('no database'.repeat(100));
    expect(readdirSync(join(home, 'spool', 'new'))).toHaveLength(1);
  });

  test('a spool that cannot be written ends it in silence', () => {
    const home = tempDir();
    writeFileSync(join(home, 'spool'), 'a file');
    expect(runHook({ home, payload: PROMPT })).toEqual(OK);
  });
});

describe('the status line', () => {
  const payload = { model: { id: 'm' }, cost: { total_cost_usd: 0.5 } };

  test("is stored, and prints the person's own line, which gets the same input", () => {
    const it = place();
    const folder = join(it.home, 'sessions', SESSION_ID);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'user-status-line'), 'echo "mine: $(cat)"');
    expect(runHook({ home: it.home, verb: 'status', payload })).toEqual({
      status: 0,
      printed: `mine: ${JSON.stringify(payload)}\n`,
    });
    expect(it.store.attempts.currentOf(SESSION_ID)?.costUsd).toBe(0.5);
    expect(it.store.sessions.find(SESSION_ID)?.model).toBe('m');
  });

  test('prints nothing when there is none', () => {
    expect(runHook({ home: place().home, verb: 'status', payload })).toEqual(OK);
  });
});

describe('the setup', () => {
  function setup(command: string) {
    const it = place();
    const folder = join(it.home, 'sessions', SESSION_ID);
    mkdirSync(folder, { recursive: true });
    const request = { command, timeoutSecs: 20, worktree: it.home };
    writeFileSync(join(folder, 'setup.json'), JSON.stringify(request));
    return { ...it, folder, run: () => runHook({ home: it.home, verb: 'setup' }) };
  }

  test('that fails is shown, logged and makes the task pending', () => {
    const it = setup('echo broken; exit 3');
    const { status, printed } = it.run();
    expect(status).toBe(1);
    expect(printed).toBe('broken\n\nclaustre: setup ended with exit code 3.\n');
    expect(readFileSync(join(it.folder, 'setup.log'), 'utf8')).toBe('broken\n');
    const session = it.store.sessions.find(SESSION_ID);
    expect(session?.activity).toMatchObject({
      name: 'ended',
      detail: 'setup ended with exit code 3',
    });
    expect(it.store.tasks.find(session?.taskId ?? 0)).toMatchObject({
      status: 'pending',
      held: 'setup failed',
    });
  });

  test('that succeeds lets the launch go on', () => {
    const it = setup('echo fine');
    expect(it.run()).toEqual({ status: 0, printed: 'fine\n' });
    expect(it.events().map((event) => event.data.event)).toEqual(['SetupDone']);
  });

  test('without a request lets nothing go on', () => {
    expect(runHook({ home: place().home, verb: 'setup' }).status).toBe(1);
  });
});
