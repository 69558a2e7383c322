import { describe, expect, test } from 'vitest';
import { ensureSupervisor, SUPERVISOR_SESSION } from '#operations/supervisor/ensure.ts';
import { type Workshop, workshop } from '../../support/workshop.ts';

/** A shop with this heartbeat, and with or without a pane for the supervisor. */
function shopWith(beat: { ageMs: number; pid: number } | null, pane: boolean): Workshop {
  const shop = workshop();
  const { isAlive } = shop.app.host;
  shop.app.host = {
    ...shop.app.host,
    environment: shop.app.host.environment,
    isAlive,
    keepEnvironment: () => undefined,
    lastBeat: () => beat,
  };
  if (!pane) shop.tmux.panes = [];
  return shop;
}

const ALIVE = 900;

describe('a supervisor', () => {
  test('whose heart beats is left alone', async () => {
    const shop = shopWith({ ageMs: 1000, pid: ALIVE }, true);
    await ensureSupervisor(shop.app);
    expect(shop.tmux.started).toEqual([]);
  });

  test('that is not there is started in a hidden session, by a shell loop with fixed words', async () => {
    const shop = shopWith(null, false);
    await ensureSupervisor(shop.app);
    expect(shop.tmux.started).toHaveLength(1);
    expect(shop.tmux.started[0]).toMatchObject({
      name: SUPERVISOR_SESSION,
      argv: [
        '/bin/sh',
        '-c',
        expect.stringContaining('until'),
        shop.app.paths.node,
        shop.app.paths.main,
      ],
    });
  });

  test('that died with a fresh heartbeat is started again', async () => {
    const shop = shopWith({ ageMs: 1000, pid: 424_242 }, false);
    await ensureSupervisor(shop.app);
    expect(shop.tmux.started).toHaveLength(1);
  });

  test('whose loop still runs is left to the loop', async () => {
    const shop = shopWith({ ageMs: 600_000, pid: 424_242 }, true);
    await ensureSupervisor(shop.app);
    expect(shop.tmux.started).toEqual([]);
  });
});
