import type { App } from '#app.ts';
import { ClaustreError } from '#domain/error.ts';
import { nextWorkAt } from '#domain/progress.ts';
import type { Session } from '#domain/session.ts';
import { createReader, type Reader, readOn, recordFollowed } from '#operations/session/follow.ts';
import { type Measure, measureOf, measureWork } from '#operations/session/measure.ts';
import type { Duty } from './duty.ts';
import type { OpenSessions } from './open-sessions.ts';

const FOLLOW_MS = 2_000;
/** There is more of a long conversation to read: soon, but not without a pause. */
const FOLLOW_ON_MS = 100;
const MEASURE_MS = 2_500;
/** With nothing open a change in the database wakes the duties. */
const REST_MS = 30_000;

/** Reads on in the transcripts of open sessions: tokens, and what Claude does. All that was read in one look is one change. */
export function transcriptsDuty(app: App, open: OpenSessions): Duty {
  const readers = new Map<string, { reader: Reader; session: Session }>();
  let lookedAt = Number.NEGATIVE_INFINITY;
  return {
    name: 'transcripts',
    async run() {
      // Its own changes wake it, too.
      const wait = lookedAt + FOLLOW_MS - app.clock.now();
      if (wait > 0) return wait;
      const sessions = open.list();
      for (const session of sessions) {
        const reader = readers.get(session.id)?.reader ?? createReader(app, session.id);
        readers.set(session.id, { reader, session });
      }
      // Those that were closed meanwhile, too: they have written their last lines while they ended.
      const found = [...readers.values()].flatMap(
        ({ reader, session }) => readOn(app, session, reader) ?? [],
      );
      try {
        if (found.length > 0) {
          app.store.write(() => {
            for (const each of found) recordFollowed(app.store, each);
          });
        }
      } catch (error) {
        // What could not be kept is read again, also when nothing more is said.
        for (const { reader } of readers.values()) reader.sizes.clear();
        throw error;
      }
      if (found.some(({ more }) => more)) return FOLLOW_ON_MS;
      lookedAt = app.clock.now();
      for (const id of readers.keys()) {
        if (!sessions.some((each) => each.id === id)) readers.delete(id);
      }
      return sessions.length === 0 ? REST_MS : FOLLOW_MS;
    },
  };
}

/** What is remembered of a session whose work was measured. */
interface Measured {
  /** As it was read last: the same object as long as nothing was committed. */
  session: Session;
  measure: Measure | null;
  mark: string;
  nextAt: number;
}

/** Measures the work of open sessions with git, one after the other, and only of those in which something happened. */
export function workDuty(app: App, open: OpenSessions): Duty {
  const measured = new Map<string, Measured>();
  return {
    name: 'work',
    async run() {
      const sessions = open.list();
      for (const id of measured.keys()) {
        if (!sessions.some((each) => each.id === id)) measured.delete(id);
      }
      for (const session of sessions) {
        measured.set(session.id, await measureIfDue(app, session, measured.get(session.id)));
      }
      return sessions.length === 0 ? REST_MS : MEASURE_MS;
    },
  };
}

async function measureIfDue(
  app: App,
  session: Session,
  before: Measured | undefined,
): Promise<Measured> {
  const { clock, git, log } = app;
  const measure = before?.session === session ? before.measure : measureOf(app, session);
  const known = { session, measure, mark: before?.mark ?? '', nextAt: before?.nextAt ?? 0 };
  if (measure === null || known.nextAt > clock.now()) return known;
  const mark = `${measure.happened} ${git.workMark(measure.request)}`;
  if (mark === known.mark) return known;
  const began = clock.now();
  try {
    await measureWork(app, session.id, measure.request);
  } catch (error) {
    // A worktree that is too large to be measured in time keeps the numbers that it has.
    if (!(error instanceof ClaustreError)) throw error;
    const reason = error.message;
    log.info('The work of a session could not be measured.', { session: session.id, reason });
  }
  return { ...known, mark, nextAt: nextWorkAt(clock.now(), clock.now() - began) };
}
