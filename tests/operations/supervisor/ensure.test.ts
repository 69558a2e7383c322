import { describe, expect, test } from 'vitest';
import { ClaustreError } from '#domain/error.ts';
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

/** A live pane, with files of these ages in milliseconds; null for one that was never written. */
function shopWithAges(ages: { heartbeat: number | null; start: number | null }): Workshop {
  const shop = shopWith('runs');
  const { paths, host } = shop.app;
  shop.app.host = {
    ...host,
    environment: host.environment,
    isAlive: host.isAlive,
    beat: host.beat,
    keepEnvironment: () => undefined,
    lastBeat: (path) => {
      const ageMs = path === paths.heartbeat ? ages.heartbeat : ages.start;
      return ageMs === null ? null : { ageMs, pid: 4 };
    },
  };
  return shop;
}

describe('a supervisor whose pane runs but', () => {
  test.each([
    ['has not shown a sign of life for over a minute', 61_000, 86_400_000],
    ['has never shown one since it was started over a minute ago', null, 61_000],
  ])('%s is started again', async (_what, heartbeat, start) => {
    const shop = shopWithAges({ heartbeat, start });
    await ensureSupervisor(shop.app);
    expect(shop.tmux.started.map(({ name }) => name)).toEqual([SUPERVISOR_SESSION]);
  });

  test.each([
    ['is only late', 59_000, 86_400_000],
    ['is only just being started again', 86_400_000, 1_000],
    ['is only just being started', null, 1_000],
  ])('%s is left alone', async (_what, heartbeat, start) => {
    const shop = shopWithAges({ heartbeat, start });
    await ensureSupervisor(shop.app);
    expect(shop.tmux.started).toEqual([]);
  });
});

describe('what goes wrong is logged and not passed on:', () => {
  function logged(shop: Workshop): string[] {
    const messages: string[] = [];
    shop.app.log = { ...shop.app.log, error: (message) => void messages.push(message) };
    return messages;
  }

  test('tmux that does not answer', async () => {
    const shop = shopWith('missing');
    const messages = logged(shop);
    const late = async () => Promise.reject(new ClaustreError('timeout', 'tmux is slow.'));
    shop.app.tmux = { ...shop.app.tmux, socket: 's', panes: late };
    await ensureSupervisor(shop.app);
    expect(messages).toHaveLength(1);
  });

  test('a full disk', async () => {
    const shop = shopWith('missing');
    const messages = logged(shop);
    shop.app.host = {
      ...shop.app.host,
      keepEnvironment: () => {
        throw new Error('ENOSPC: no space left on device');
      },
    };
    await ensureSupervisor(shop.app);
    expect([messages.length, shop.tmux.started]).toEqual([1, []]);
  });
});
