import type { App, MergeSide, TouchedFiles } from '#app.ts';
import { ClaustreError, isRefusal } from '#domain/error.ts';
import { type Overlap, overlappingPairs, type Pair } from '#domain/overlap.ts';
import type { Project } from '#domain/project.ts';
import { isAtWork } from '#domain/pull-request/after-merge.ts';
import type { Session } from '#domain/session.ts';
import { measureOf } from '#operations/session/measure.ts';

/** What was learned of a worktree, and the mark that it had then. */
interface Looked {
  mark: string;
  /** Before it was read, in milliseconds since 1970. */
  at: number;
  /** When it was last seen that this still holds. */
  seenAt: number;
  touched: TouchedFiles | null;
}

/** What is remembered between two looks, so that only what changed is asked of git. It may be forgotten at any time. */
export interface RadarMemory {
  /** By session. */
  looked: Map<string, Looked>;
  /** What became of a merge that was tried, by pair and marks. */
  tried: Map<string, string[] | null>;
}

export function newRadarMemory(): RadarMemory {
  return { looked: new Map(), tried: new Map() };
}

/** Files whose times are looked at in one worktree, since a person who edits there tells nobody. */
const MOST_WATCHED = 500;

/** A worktree in which nobody works is left alone for as long as nothing has happened there, but no longer than this. */
const MOST_QUIET_MS = 5 * 60_000;

/** Merges that are tried in one look; the others are tried in the next. */
const MOST_TRIES = 20;

type Parts = Pick<App, 'store' | 'git' | 'clock' | 'log'>;

interface Live {
  session: Session;
  looked: Looked;
  touched: TouchedFiles;
}

/** Which of these open sessions touch the same files, and what would conflict. Nothing is asked of git where nothing happened since the last look. */
export async function measureOverlaps(
  app: Parts,
  sessions: readonly Session[],
  memory: RadarMemory,
): Promise<Overlap[]> {
  const overlaps: Overlap[] = [];
  const ids = new Set(sessions.map((each) => each.id));
  for (const id of memory.looked.keys()) if (!ids.has(id)) memory.looked.delete(id);
  const tried: RadarMemory['tried'] = new Map();
  for (const [project, own] of byProject(app, sessions)) {
    const live: Live[] = [];
    if (own.length > 1) {
      const watched = filesOf(own, memory);
      for (const session of own) live.push(...(await look(app, session, memory, watched)));
    }
    const pairs = overlappingPairs(
      live.map(({ session, touched }) => ({
        taskId: session.taskId,
        files: touched.files,
        stackedOn: session.stackedOn,
      })),
    );
    overlaps.push(...(await tryPairs(app, project, live, pairs, memory, tried)));
  }
  memory.tried = tried;
  return overlaps;
}

function byProject({ store }: Parts, sessions: readonly Session[]): Map<Project, Session[]> {
  const projects = new Map(store.projects.all().map((project) => [project.id, project]));
  const found = new Map<Project, Session[]>();
  for (const session of sessions) {
    const project = projects.get(store.tasks.find(session.taskId)?.projectId ?? 0);
    if (project !== undefined) found.set(project, [...(found.get(project) ?? []), session]);
  }
  return found;
}

/** Files that any of them touched when they were looked at last: only an edit of one of these can make or end an overlap with them. */
function filesOf(sessions: readonly Session[], { looked }: RadarMemory): string[] {
  const all = sessions.flatMap(({ id }) => looked.get(id)?.touched?.files ?? []);
  return [...new Set(all)].slice(0, MOST_WATCHED);
}

/** What a session's worktree touches, read again only when something happened in it; nothing when it cannot be told. */
async function look(
  app: Parts,
  session: Session,
  memory: RadarMemory,
  watched: readonly string[],
): Promise<Live[]> {
  const measure = measureOf(app, session);
  if (measure === null) return [];
  const { worktree, baseCommit } = measure.request;
  const work = app.git.workMark(measure.request);
  // It has no worktree any more, or none yet.
  if (work === '') return [];
  const mark = `${baseCommit} ${measure.happened} ${work}`;
  const before = memory.looked.get(session.id);
  const at = app.clock.now();
  const same = before?.mark === mark ? stillSo(app, session, before, watched) : null;
  const looked = same ?? {
    ...{ mark, at, seenAt: at },
    touched: (await touchedBy(app, session, worktree)) ?? before?.touched ?? null,
  };
  memory.looked.set(session.id, looked);
  return looked.touched === null ? [] : [{ session, looked, touched: looked.touched }];
}

/** What was learned before, as long as no file was written since. Hundreds of files are not looked at again and again where nobody works. */
function stillSo(
  { git, clock }: Parts,
  session: Session,
  before: Looked,
  watched: readonly string[],
): Looked | null {
  const now = clock.now();
  const quietMs = Math.min(MOST_QUIET_MS, before.seenAt - before.at);
  if (!isAtWork(session) && now < before.seenAt + quietMs) return before;
  return git.writtenSince(session.worktree, watched, before.at) ? null : { ...before, seenAt: now };
}

async function touchedBy(
  { git, log }: Parts,
  { id, baseCommit }: Session,
  worktree: string,
): Promise<TouchedFiles | null> {
  try {
    const touched = baseCommit === null ? null : await git.touchedFiles(worktree, baseCommit);
    return touched === null || isRefusal(touched) ? null : touched;
  } catch (error) {
    // So many files, or so slow a disk: what was known stays.
    if (!(error instanceof ClaustreError)) throw error;
    log.info('The files that a session touches could not be read.', {
      session: id,
      reason: error.message,
    });
    return null;
  }
}

async function tryPairs(
  app: Parts,
  project: Project,
  live: readonly Live[],
  pairs: readonly Pair[],
  memory: RadarMemory,
  tried: RadarMemory['tried'],
): Promise<Overlap[]> {
  const of = new Map(live.map((each) => [each.session.taskId, each]));
  const keyOf = ({ taskId, otherId }: Pair): string =>
    [taskId, otherId]
      .map((id) => [id, of.get(id)?.looked.mark, of.get(id)?.looked.at].join('\n'))
      .join('\n');
  const sides = sidesOf(of, pairs);
  const due = pairs.filter((pair) => !memory.tried.has(keyOf(pair))).slice(0, MOST_TRIES);
  const merges = due.flatMap((pair): [MergeSide, MergeSide][] => {
    const [one, other] = [sides.get(pair.taskId), sides.get(pair.otherId)];
    return one === undefined || other === undefined ? [] : [[one, other]];
  });
  const answers = merges.length === 0 ? [] : await app.git.tryMerges(project.path, merges);
  due.forEach((pair, index) => {
    tried.set(keyOf(pair), isRefusal(answers) ? null : (answers[index] ?? null));
  });
  return pairs.map((pair) => {
    const key = keyOf(pair);
    const known = tried.has(key) ? tried.get(key) : memory.tried.get(key);
    if (known !== undefined) tried.set(key, known);
    const conflicts = known?.filter((file) => pair.files.includes(file)) ?? null;
    const seenAt = [pair.taskId, pair.otherId].map((id) => of.get(id)?.looked.seenAt ?? 0);
    return { ...pair, conflicts, readAt: new Date(Math.min(...seenAt)).toISOString() };
  });
}

/** One side for each task, with those uncommitted files that another task touches, too: no others can conflict. */
function sidesOf(
  live: ReadonlyMap<number, Live>,
  pairs: readonly Pair[],
): ReadonlyMap<number, MergeSide> {
  const shared = new Map<number, Set<string>>();
  for (const { taskId, otherId, files } of pairs) {
    for (const id of [taskId, otherId]) {
      const known = shared.get(id) ?? new Set();
      for (const file of files) known.add(file);
      shared.set(id, known);
    }
  }
  return new Map(
    [...live].map(([id, { session, touched }]) => {
      const uncommitted = touched.uncommitted.filter((file) => shared.get(id)?.has(file));
      return [id, { worktree: session.worktree, head: touched.head, uncommitted }];
    }),
  );
}
