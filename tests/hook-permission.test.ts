import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startAsking } from './support/hook-bundle.ts';
import { ownStore } from './support/own-store.ts';
import { ASKS_BASH, ASKS_QUESTIONS } from './support/requests.ts';
import { SESSION_ID, seedSession } from './support/seed-session.ts';
import { tempDir } from './support/temp-dir.ts';
import { waitFor } from './support/wait-for.ts';

const SILENT = { code: 0, printed: '' };

function place() {
  const { store, home } = ownStore();
  seedSession(store);
  return {
    store,
    home,
    /** Waits until the hook has recorded what it asks. */
    async asks(payload: object = ASKS_BASH) {
      const hook = startAsking({ home, payload });
      const request = await waitFor(
        'the request',
        () => store.requests.open().find(({ waiter }) => waiter === hook.pid) ?? null,
      );
      return { ...hook, id: request.id };
    },
  };
}

describe('the hook that asks a person', () => {
  test('waits, and prints the answer once', async () => {
    const { store, asks } = place();
    const hook = await asks();
    expect(store.sessions.find(SESSION_ID)?.activity.name).toBe('permission');
    store.write(() => store.requests.setAnswer(hook.id, { behavior: 'deny', message: 'No.' }));
    const { code, printed } = await hook.ended;
    expect(code).toBe(0);
    expect(JSON.parse(printed)).toEqual({
      hookSpecificOutput: {
        hookEventName: 'PermissionRequest',
        decision: { behavior: 'deny', message: 'No.' },
      },
    });
    expect(store.requests.find(hook.id)?.closedBy).toBe('answered');
  });

  test('gives Claude its question back with the answers', async () => {
    const { store, asks } = place();
    const hook = await asks(ASKS_QUESTIONS);
    const answers = { 'Which db?': 'SQLite', 'Which features?': 'Mail' };
    store.write(() => store.requests.setAnswer(hook.id, { behavior: 'allow', answers }));
    const { printed } = await hook.ended;
    expect(JSON.parse(printed).hookSpecificOutput.decision.updatedInput).toEqual({
      ...ASKS_QUESTIONS.tool_input,
      answers,
    });
  });

  test('says nothing when the request is over in another way', async () => {
    const { store, asks } = place();
    const hook = await asks();
    store.write(() => store.requests.close(hook.id, Date.now(), 'went_on'));
    expect(await hook.ended).toEqual(SILENT);
  });

  test('is no longer waited for when Claude ends it, and the request stays in the list', async () => {
    const { store, asks } = place();
    const hook = await asks();
    hook.kill();
    expect(await hook.ended).toEqual(SILENT);
    expect(store.requests.find(hook.id)).toMatchObject({ waiter: null, closedAt: null });
  });
});

describe('it does not stay', () => {
  test('for a session that is none of ours, without a database, or for what is no JSON', async () => {
    const { home } = place();
    const foreign = '22222222-2222-4333-8444-555555555555';
    expect(await startAsking({ home, payload: ASKS_BASH, sessionId: foreign }).ended).toEqual(
      SILENT,
    );
    expect(await startAsking({ home, payload: '{"half":' }).ended).toEqual(SILENT);
    const empty = tempDir();
    expect(await startAsking({ home: empty, payload: ASKS_BASH }).ended).toEqual(SILENT);
    expect(readdirSync(join(empty, 'spool', 'new'))).toHaveLength(1);
  });
});
