import { describe, expect, test } from 'vitest';
import { ensureSupervisor, SUPERVISOR_SESSION } from '#operations/supervisor/ensure.ts';
import { type Workshop, workshop } from '../../support/workshop.ts';

/** A shop in which the supervisor's pane runs, has died, or is not there. */
function shopWith(pane: 'runs' | 'dead' | 'missing'): Workshop {
  const shop = workshop();
  if (pane === 'missing') shop.tmux.panes = [];
  if (pane === 'dead') shop.tmux.kill(SUPERVISOR_SESSION);
  return shop;
}

describe('a supervisor', () => {
  test('whose pane runs is left alone', async () => {
    const shop = shopWith('runs');
    await ensureSupervisor(shop.app);
    expect(shop.tmux.started).toEqual([]);
  });

  test.each(['dead', 'missing'] as const)(
    'whose pane is %s is started in a hidden session, by a shell loop with fixed words',
    async (pane) => {
      const shop = shopWith(pane);
      const { node, main } = shop.app.paths;
      await ensureSupervisor(shop.app);
      expect(shop.tmux.started).toHaveLength(1);
      expect(shop.tmux.started[0]).toMatchObject({
        name: SUPERVISOR_SESSION,
        argv: ['/bin/sh', '-c', expect.stringContaining('until'), node, main],
      });
    },
  );
});
