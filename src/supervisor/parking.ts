import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { chooseToPark, isLive } from '#domain/parking/choose.ts';
import { isParked } from '#domain/parking/park.ts';
import type { Session } from '#domain/session.ts';
import { parkSession } from '#operations/session/park.ts';
import type { Duty } from './duty.ts';
import type { OpenSessions } from './open-sessions.ts';

/** Between two looks at the memory, which are made only while a Claude lives. */
const MEMORY_MS = 30_000;
/** One that could not be parked (a draft, somebody in its session) is left alone for so long, or until something happens in it. */
const REFUSED_MS = 5 * 60_000;
/** A parking takes a second or so; one that is older was cut off. */
const CUT_OFF_MS = 15_000;

/** Parks idle Claudes where too many live, memory is short, or they are idle for long; and finishes what a crash cut off. */
export function parkingDuty(app: App, open: OpenSessions): Duty {
  const { clock, log } = app;
  const refused = new Map<string, { since: number; until: number }>();
  const isLeft = ({ id, activity }: Session): boolean => {
    const found = refused.get(id);
    return found?.since === activity.since && found.until > clock.now();
  };
  let memory: { freeMb: number | null; readAt: number } | null = null;
  const freeMb = async (): Promise<number | null> => {
    if (memory === null || clock.now() - memory.readAt >= MEMORY_MS) {
      memory = { freeMb: await app.host.freeMemoryMb(), readAt: clock.now() };
    }
    return memory.freeMb;
  };
  const park = async (session: Session, why: string): Promise<boolean> => {
    const parked = await parkSession(app, session, why);
    if (!isRefusal(parked)) return true;
    const { since } = session.activity;
    refused.set(session.id, { since, until: clock.now() + REFUSED_MS });
    log.info('A Claude was not parked.', { task: session.taskId, reason: parked.reason });
    return false;
  };
  return {
    name: 'parking',
    async run() {
      const now = clock.now();
      const sessions = open.list();
      for (const id of refused.keys()) {
        if (!sessions.some((each) => each.id === id)) refused.delete(id);
      }
      for (const session of sessions) {
        if (!isCutOff(session, now) || isLeft(session)) continue;
        await park(session, 'its parking was cut off');
      }
      if (!open.list().some(isLive)) return MEMORY_MS;
      const { maxLive, minFreeMb } = app.config.settings.sessions;
      const chosen = chooseToPark({
        ...{ sessions: open.list(), inRound: tasksInRound(app), maxLive, minFreeMb, now },
        freeMb: minFreeMb > 0 ? await freeMb() : null,
        parkAfterMs: parkAfterIn(app),
        isLeft,
      });
      // What a parking gave back is known at the next look.
      if (chosen.park.length > 0 && memory !== null) memory = { ...memory, freeMb: null };
      let next = false;
      for (const { session, why } of chosen.park) next = !(await park(session, why)) || next;
      // Another one is looked for in the place of one that could not be parked.
      if (next) return 0;
      return Math.min(MEMORY_MS, Math.max(0, (chosen.nextAt ?? Infinity) - clock.now()));
    },
  };
}

function isCutOff(session: Session, now: number): boolean {
  const { state, parkedAt } = session;
  if (state !== 'open' || parkedAt === null || isParked(session)) return false;
  return now - parkedAt > CUT_OFF_MS;
}

function tasksInRound({ store }: App): ReadonlySet<number> {
  const rounds = store.rounds.open().filter(({ kind }) => kind !== 'review');
  return new Set(rounds.map(({ taskId }) => taskId));
}

/** What the settings of a session's project say; they are looked at once for all of its sessions. */
function parkAfterIn({ store, config }: App): (session: Session) => number {
  const known = new Map<number, number>();
  return ({ taskId }) => {
    const projectId = store.tasks.find(taskId)?.projectId;
    const project = projectId === undefined ? null : store.projects.find(projectId);
    if (project === null) return 0;
    const minutes =
      known.get(project.id) ?? config.forProject(project.path).sessions.parkAfterMinutes;
    known.set(project.id, minutes);
    return minutes * 60_000;
  };
}
