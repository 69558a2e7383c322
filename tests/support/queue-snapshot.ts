import type { Snapshot } from '#app.ts';
import { NOW } from './dashboard.tsx';
import { QUEUE_SETTINGS } from './queue-facts.ts';
import { aRow, aSnapshot, projectNamed, sessionOf } from './snapshots.ts';

/** A queue that runs with two slots, both taken, one project that is paused, and what each pending task waits for. */
export function queueSnapshot(changes: Partial<Snapshot> = {}): Snapshot {
  const working = { name: 'working', source: 'hook', since: NOW - 60_000, detail: null } as const;
  const auto = { mode: 'autonomous' } as const;
  return aSnapshot({
    projects: [
      { ...projectNamed(1, 'shop'), queue: 'runs' },
      { ...projectNamed(2, 'docs'), queue: 'paused' },
    ],
    queueSettings: new Map([1, 2].map((id) => [id, { ...QUEUE_SETTINGS, maxSessions: 2 }])),
    tasks: [
      aRow(1, { ...auto, title: 'Count the last item', status: 'working' }),
      aRow(2, { ...auto, title: 'Upgrade to Node 24', status: 'working' }),
      aRow(3, { ...auto, title: 'Show prices with tax' }),
      aRow(4, { ...auto, title: 'Mail the bill', openBefore: [{ id: 3, until: 'done' }] }),
      aRow(5, { ...auto, title: 'Try another font', held: 'killed' }),
      aRow(6, { title: 'Choose a logo' }),
      aRow(7, { ...auto, title: 'Explain the setup', projectId: 2 }),
    ],
    sessions: new Map([1, 2].map((id) => sessionOf(id, { state: 'open', activity: working }))),
    ...changes,
  });
}
