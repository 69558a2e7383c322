import { writeFileSync } from 'node:fs';
import { isRefusal } from '#domain/error.ts';
import { feedQueue } from '#operations/queue/feed.ts';
import { resumeQueue } from '#operations/queue/resume.ts';
import { granted, type Workshop, workshop } from './workshop.ts';

/** A workshop whose queue runs, without a remote, and what is asked of it most. */
export interface QueueShop extends Workshop {
  /** Adds an autonomous task. */
  add(more?: Parameters<Workshop['addTask']>[0]): number;
  feed(): ReturnType<typeof feed>;
  statuses(...ids: number[]): string[];
  sessionOf(id: number): NonNullable<ReturnType<Workshop['app']['store']['sessions']['openOf']>>;
  /** What the Claude of a task does from now on. */
  does(id: number, activity: 'working' | 'idle' | 'question' | 'ended'): void;
}

export async function queueShop({ config = '', runs = true } = {}): Promise<QueueShop> {
  const shop = workshop({ remote: false });
  const { app } = shop;
  const kept = new Map<string, string>();
  Object.assign(app.host, { readKept: (path: string) => kept.get(path) ?? null });
  if (config !== '') writeFileSync(app.paths.config, config);
  if (runs) granted(await resumeQueue.run(app, { project: 'app' }));
  const { store, clock } = app;
  const sessionOf: QueueShop['sessionOf'] = (id) => {
    const session = store.sessions.openOf(id);
    if (session === null) throw new Error(`#${id} has no session.`);
    return session;
  };
  return {
    ...shop,
    add: (more = {}) => shop.addTask({ mode: 'autonomous', ...more }).id,
    feed: () => feed(shop),
    statuses: (...ids) => ids.map((id) => shop.task(id).status),
    sessionOf,
    does(id, name) {
      const activity = { name, source: 'hook', since: clock.now(), detail: null } as const;
      store.write(() => store.sessions.update(sessionOf(id).id, { activity }, null));
    },
  };
}

async function feed({ app }: Workshop) {
  const fed = await feedQueue.run(app, {});
  if (isRefusal(fed)) throw new Error(fed.reason);
  return {
    started: fed.started.map(({ task }) => task),
    failed: fed.failed.map(({ says }) => says),
    waits: Object.fromEntries(fed.waits.map(({ id, text }) => [id, text])),
    says: feedQueue.describe?.(fed) ?? '',
  };
}
