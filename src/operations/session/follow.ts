import type { App, Store } from '#app.ts';
import type { Doing } from '#domain/progress.ts';
import { readTestRuns, type TestReading } from '#domain/proof/test-run.ts';
import type { Session } from '#domain/session.ts';
import { readTranscriptLines, type TranscriptReading } from '#domain/transcript.ts';

/** What the transcripts of a session brought since they were read last. */
export interface Followed {
  session: Session;
  parts: {
    path: string;
    from: number;
    next: number;
    reading: TranscriptReading;
    tests: TestReading;
  }[];
  /** Whether there is more to read at once. */
  more: boolean;
}

/** What is remembered of a session's transcripts between two looks. It may be forgotten: everything is then looked up again. */
export interface Reader {
  paths: Set<string>;
  /** By path, when it was read to its end: what did not grow is not looked at again. */
  sizes: Map<string, number>;
}

/** A reader that knows what was read of the session before, also by another process. */
export function createReader({ store }: Pick<App, 'store'>, sessionId: string): Reader {
  return { paths: new Set(store.progress.transcripts(sessionId)), sizes: new Map() };
}

/**
 * Reads on in the transcripts of a session: its conversation's, those of its subagents, and those of conversations that it had before (their last
 * lines are written late). Nothing is written; null when nothing grew.
 */
export function readOn(
  { store, claude }: Pick<App, 'store' | 'claude'>,
  session: Session,
  { paths, sizes }: Reader,
): Followed | null {
  if (session.transcriptPath !== null) {
    paths.add(session.transcriptPath);
    for (const path of claude.subagentTranscripts(session.transcriptPath)) paths.add(path);
  }
  const followed: Followed = { session, parts: [], more: false };
  for (const path of paths) {
    const size = claude.transcriptSize(path);
    if (size === null || sizes.get(path) === size) continue;
    const known = store.progress.transcript(path);
    const from = known?.readBytes ?? 0;
    const part = claude.readTranscript(path, from);
    if (part === null) continue;
    if (part.more) followed.more = true;
    else sizes.set(path, size);
    if (part.next === from) continue;
    const recent = known?.recent ?? [];
    const repeated = known?.repeated ?? null;
    const nothing = { input: 0, output: 0, doing: undefined, fresh: 0, prompted: false };
    const before = { ...nothing, recent, repeated };
    const reading = readTranscriptLines(before, part.lines, session.worktree);
    const tests = readTestRuns(store.testRuns.openOf(session.id), part.lines);
    followed.parts.push({ path, from, next: part.next, reading, tests });
  }
  return followed.parts.length === 0 ? null : followed;
}

/**
 * Records what readOn found: tokens of the newest attempt, what Claude does, runs of tests, how far was read. Call it inside `store.write`. What somebody else has
 * read meanwhile is left out.
 */
export function recordFollowed(
  store: Pick<Store, 'progress' | 'testRuns' | 'attempts' | 'sessions'>,
  { session, parts }: Followed,
): void {
  if (store.sessions.find(session.id) === null) return;
  const tokens = { input: 0, output: 0 };
  let doing: Doing | null | undefined;
  let fresh = 0;
  let anew = false;
  for (const { path, from, next, reading, tests } of parts) {
    if ((store.progress.transcript(path)?.readBytes ?? 0) !== from) continue;
    tokens.input += reading.input;
    tokens.output += reading.output;
    fresh += reading.fresh;
    const { recent, repeated } = reading;
    const read = { path, sessionId: session.id, readBytes: next, recent, repeated };
    store.progress.setTranscript(read);
    store.testRuns.record(session.id, tests.runs);
    if (tests.editedAt !== null) store.testRuns.edited(session.id, tests.editedAt);
    // Of the work of a subagent its conversation tells in one line; its own tools would come and go beside it.
    if (path !== session.transcriptPath) continue;
    if (reading.doing !== undefined) doing = reading.doing;
    if (reading.prompted) anew = true;
  }
  if (tokens.input > 0 || tokens.output > 0) store.attempts.addTokens(session.id, tokens);
  if (fresh > 0 || anew) store.progress.addFresh(session.id, fresh, anew);
  if (doing !== undefined) store.progress.setDoing(session.id, doing);
}
