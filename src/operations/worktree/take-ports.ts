import type { App } from '#app.ts';
import type { Project } from '#domain/project.ts';
import type { Session } from '#domain/session.ts';
import { doMeet, freeBlock, type PortBlock } from '#domain/worktree/ports.ts';

/** So many blocks may be in use by others before a worktree goes without. */
const MAX_TRIES = 50;

type Ports = Pick<Session, 'port' | 'portCount'>;
const NONE: Ports = { port: null, portCount: 0 };

/**
 * Gives a session the block of ports that its project's settings want; one that it has it keeps, so that what was started with it is found again.
 * A new one is nobody's: not of another open session, parked or not, and nothing listens on it. Where there is none the session has no ports.
 */
export async function takePorts(
  app: App,
  session: Session,
  { path }: Pick<Project, 'path'>,
): Promise<Ports> {
  const { store, config, host, log } = app;
  const { ports: count, firstPort } = config.forProject(path).worktree;
  if (count === 0) return note(app, session, NONE);
  const inUse: PortBlock[] = [];
  while (inUse.length < MAX_TRIES) {
    const found = store.write(() => {
      const taken = blocksOfOthers(app, session);
      const own = inUse.length === 0 ? blockOf(store.sessions.find(session.id)) : null;
      if (own?.count === count && !taken.some((each) => doMeet(each, own))) return { own };
      const block = freeBlock(firstPort, count, [...taken, ...inUse]);
      note(app, session, block === null ? NONE : portsOf(block));
      return { block };
    });
    if (found.own !== undefined) return portsOf(found.own);
    const { block } = found;
    if (block === null) break;
    if (await host.arePortsFree(block.first, block.count)) return portsOf(block);
    inUse.push(block);
  }
  log.info('No free block of ports was found.', { task: session.taskId, from: firstPort, count });
  return note(app, session, NONE);
}

function note({ store }: App, { id }: Session, ports: Ports): Ports {
  store.write(() => store.sessions.update(id, ports, null));
  return ports;
}

function portsOf({ first, count }: PortBlock): Ports {
  return { port: first, portCount: count };
}

function blockOf(session: Session | null): PortBlock | null {
  if (session === null || session.port === null) return null;
  return { first: session.port, count: session.portCount };
}

function blocksOfOthers({ store }: App, { id }: Session): PortBlock[] {
  return store.sessions.open().flatMap((each) => (each.id === id ? [] : (blockOf(each) ?? [])));
}
