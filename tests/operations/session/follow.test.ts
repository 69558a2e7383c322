import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import {
  readTranscriptPart,
  sizeOf,
  subagentTranscripts,
} from '#adapters/claude/transcript-lines.ts';
import { createReader, readOn, recordFollowed } from '#operations/session/follow.ts';
import { addProject, addSession, addTask, fakeApp } from '../../support/fake-app.ts';
import { tempDir } from '../../support/temp-dir.ts';

function stage() {
  const app = fakeApp({
    claude: { transcriptSize: sizeOf, readTranscript: readTranscriptPart, subagentTranscripts },
  });
  const task = addTask(app, addProject(app), { status: 'working' });
  const folder = tempDir();
  const path = join(folder, 'one.jsonl');
  const session = addSession(app, task, { transcriptPath: path });
  const attempt = { taskId: task.id, sessionId: session.id, purpose: 'work' } as const;
  app.store.write(() =>
    app.store.attempts.start({ ...attempt, claudeSessionId: 'c', startedAt: app.clock.iso() }),
  );
  const say = (file: string, id: string, command = 'ls') => {
    mkdirSync(dirname(file), { recursive: true });
    const usage = { input_tokens: 100, output_tokens: 10 };
    const content = [{ type: 'tool_use', name: 'Bash', input: { command } }];
    const message = { id, usage, content };
    const line = { type: 'assistant', timestamp: app.clock.iso(), message };
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  };
  const look = (reader = createReader(app, session.id)) => {
    const now = app.store.sessions.find(session.id) ?? session;
    const found = readOn(app, now, reader);
    if (found !== null) app.store.write(() => recordFollowed(app.store, found));
    return found !== null;
  };
  const usage = () => app.store.attempts.usageOf(task.id);
  return { app, task, session, folder, path, say, look, usage };
}

test('tokens and what Claude does are read on from where they were left, by whoever looks', () => {
  const { app, session, path, say, look, usage } = stage();
  expect(look()).toBe(false);
  expect(usage().inputTokens).toBeNull();
  say(path, 'a', 'npm test');
  expect(look()).toBe(true);
  expect(usage()).toMatchObject({ inputTokens: 100, outputTokens: 10 });
  expect(app.store.progress.of(session.id).doing).toEqual({
    text: 'Bash: npm test',
    since: app.clock.now(),
  });
  say(path, 'a');
  say(path, 'b');
  // Another process knows only what the database says.
  expect(look()).toBe(true);
  expect(look()).toBe(false);
  expect(usage()).toMatchObject({ inputTokens: 200, outputTokens: 20 });
});

test('what did not grow is not looked at again', () => {
  const { app, session, path, say, look } = stage();
  const reader = createReader(app, session.id);
  say(path, 'a');
  look(reader);
  app.claude.readTranscript = () => {
    throw new Error('It did not grow.');
  };
  expect(look(reader)).toBe(false);
});

test('subagents count, and a conversation that was cleared is read to its end', () => {
  const { app, session, folder, path, say, look, usage } = stage();
  const reader = createReader(app, session.id);
  say(path, 'a');
  look(reader);
  const next = join(folder, 'two.jsonl');
  app.store.write(() => app.store.sessions.update(session.id, { transcriptPath: next }, null));
  say(path, 'late', 'the end of the first');
  say(next, 'b', 'the second');
  say(join(folder, 'two', 'subagents', 'agent-1.jsonl'), 'c', 'of a subagent');
  look(reader);
  expect(usage()).toMatchObject({ inputTokens: 400, outputTokens: 40 });
  expect(app.store.progress.of(session.id).doing?.text).toBe('Bash: the second');
});

test('two that read at the same time count once', () => {
  const { app, session, path, say, usage } = stage();
  say(path, 'a');
  const reads = [1, 2].map(() => readOn(app, session, createReader(app, session.id)));
  for (const found of reads) {
    if (found !== null) app.store.write(() => recordFollowed(app.store, found));
  }
  expect(usage()).toMatchObject({ inputTokens: 100 });
});

test('runs of tests are kept with their results, also when the result is read later', () => {
  const { app, session, path, look } = stage();
  const line = (type: string, block: object) =>
    appendFileSync(
      path,
      `${JSON.stringify({ type, timestamp: app.clock.iso(), message: { content: [block] } })}\n`,
    );
  const call = { type: 'tool_use', id: 't1', name: 'Bash', input: { command: 'npm test' } };
  line('assistant', call);
  look();
  expect(app.store.testRuns.openOf(session.id)).toMatchObject([{ id: 't1', command: 'npm test' }]);
  app.clock.advance(1_000);
  line('user', { type: 'tool_result', tool_use_id: 't1', content: '2 failed', is_error: true });
  look();
  line('assistant', { type: 'tool_use', id: 't2', name: 'Edit', input: { file_path: 'a.ts' } });
  look();
  expect(app.store.testRuns.of(session.id)).toMatchObject([
    { outcome: 'failed', failed: 2, editedSince: true },
  ]);
});
