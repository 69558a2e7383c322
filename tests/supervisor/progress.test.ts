import { describe, expect, test } from 'vitest';
import { ClaustreError } from '#domain/error.ts';
import { createOpenSessions } from '#supervisor/open-sessions.ts';
import { transcriptsDuty, workDuty } from '#supervisor/progress.ts';
import { moveSession } from '../support/builders.ts';
import { addProject, addSession, addTask, type FakeApp, fakeApp } from '../support/fake-app.ts';

const NUMBERS = { head: 'head', ahead: 1, behind: 2, files: 3, added: 4, deleted: 5, cut: false };

function withSession(app: FakeApp) {
  const task = addTask(app, addProject(app), { status: 'working' });
  return addSession(app, task, { baseCommit: 'abc', transcriptPath: '/t.jsonl' });
}

describe('the work of sessions', () => {
  function stage() {
    const seen = { reads: 0, mark: 'a', fails: false };
    const app = fakeApp({
      git: {
        workMark: () => seen.mark,
        readWork: async () => {
          seen.reads += 1;
          if (seen.fails) throw new ClaustreError('timeout', 'git took longer than 15 s.');
          return { ...NUMBERS, changed: [] };
        },
      },
    });
    const duty = workDuty(app, createOpenSessions(app));
    return { app, seen, duty, session: withSession(app) };
  }

  test('is measured when something happened, and never more often than every five seconds', async () => {
    const { app, seen, duty, session } = stage();
    await duty.run();
    expect(app.store.progress.of(session.id).work).toMatchObject(NUMBERS);
    app.clock.advance(60_000);
    await duty.run();
    expect(seen.reads).toBe(1);
    for (const mark of ['b', 'c', 'd']) {
      seen.mark = mark;
      await duty.run();
    }
    expect(seen.reads).toBe(2);
    app.clock.advance(5_000);
    await duty.run();
    expect(seen.reads).toBe(3);
  });

  test('is measured again when Claude began or ended something', async () => {
    const { app, seen, duty, session } = stage();
    await duty.run();
    app.clock.advance(10_000);
    app.store.write(() =>
      app.store.progress.setDoing(session.id, { text: 'Edit: a', since: app.clock.now() }),
    );
    await duty.run();
    app.clock.advance(10_000);
    app.store.write(() =>
      app.store.sessions.update(session.id, { turnEndedAt: app.clock.now() }, null),
    );
    await duty.run();
    expect(seen.reads).toBe(3);
  });

  test('is left alone when git does not come to an end', async () => {
    const { app, seen, duty, session } = stage();
    seen.fails = true;
    await duty.run();
    app.clock.advance(60_000);
    await duty.run();
    expect(seen.reads).toBe(1);
    expect(app.store.progress.of(session.id).work).toBeNull();
  });

  test('rests when nothing is open', async () => {
    const { app, duty, session } = stage();
    moveSession(app.store, session.id, { state: 'closed' });
    expect(await duty.run()).toBe(30_000);
  });
});

describe('the transcripts of sessions', () => {
  function stage() {
    const answer = (id: string) => ({
      type: 'assistant',
      message: { id, usage: { input_tokens: 5, output_tokens: 1 } },
    });
    const transcript = { lines: [answer('a')], more: false };
    const app = fakeApp({
      claude: {
        subagentTranscripts: () => [],
        transcriptSize: () => transcript.lines.length,
        readTranscript: (_, from) => ({
          lines: transcript.lines.slice(from),
          next: transcript.lines.length,
          more: transcript.more,
        }),
      },
    });
    const session = withSession(app);
    app.store.write(() =>
      app.store.attempts.start({
        taskId: session.taskId,
        sessionId: session.id,
        purpose: 'work',
        claudeSessionId: 'c',
        startedAt: app.clock.iso(),
      }),
    );
    const duty = transcriptsDuty(app, createOpenSessions(app));
    const tokens = () => app.store.attempts.usageOf(session.taskId).inputTokens;
    return { app, session, duty, transcript, answer, tokens };
  }

  test('are read every two seconds, however often a change wakes the duty', async () => {
    const { app, duty, transcript, answer, tokens } = stage();
    expect(await duty.run()).toBe(2_000);
    expect(tokens()).toBe(5);
    transcript.lines.push(answer('b'));
    app.clock.advance(500);
    expect(await duty.run()).toBe(1_500);
    expect(tokens()).toBe(5);
    app.clock.advance(1_500);
    await duty.run();
    expect(tokens()).toBe(10);
  });

  test('are read again when what was read could not be kept', async () => {
    const { app, duty, tokens } = stage();
    const { write } = app.store;
    app.store.write = () => {
      throw new ClaustreError('environment', 'The database is busy.');
    };
    await expect(duty.run()).rejects.toThrow('busy');
    app.store.write = write;
    app.clock.advance(2_000);
    await duty.run();
    expect(tokens()).toBe(5);
  });

  test('nothing is committed while nothing was said', async () => {
    const { app, duty } = stage();
    await duty.run();
    const before = app.store.ownChanges();
    app.clock.advance(2_000);
    await duty.run();
    expect(app.store.ownChanges()).toBe(before);
  });

  test('are read to their end when the session was closed meanwhile', async () => {
    const { app, session, duty, transcript, answer, tokens } = stage();
    await duty.run();
    transcript.lines.push(answer('b'));
    moveSession(app.store, session.id, { state: 'closed' });
    app.clock.advance(2_000);
    expect(await duty.run()).toBe(30_000);
    expect(tokens()).toBe(10);
  });

  test('a long one is read on at once', async () => {
    const { duty, transcript } = stage();
    transcript.more = true;
    expect(await duty.run()).toBe(100);
  });
});
