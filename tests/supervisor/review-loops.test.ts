import { expect, test } from 'vitest';
import type { Pane } from '#adapters/tmux/tmux.ts';
import { reviewLoopsDuty } from '#supervisor/review-loops.ts';
import { reviewStage } from '../support/review-stage.ts';

test('tmux is asked when a loop is missing, and not while all of them are seen', async () => {
  const { app, session } = reviewStage();
  const own = { session: session.id, pane: '%1', dead: false } as Pane;
  const loop: Pane = { ...own, pane: '%2', review: true };
  const seen: { panes: Pane[] | null; asked: number; opened: number } = {
    ...{ panes: null, asked: 0, opened: 0 },
  };
  app.tmux.panes = async () => {
    seen.asked += 1;
    return [own];
  };
  app.tmux.openShell = async () => {
    seen.opened += 1;
    return loop;
  };
  const duty = reviewLoopsDuty(app, () => seen.panes);
  await duty.run();
  expect(seen).toMatchObject({ asked: 1, opened: 1 });
  seen.panes = [own, loop];
  app.clock.advance(60_000);
  expect(await duty.run()).toBe(5_000);
  expect(seen).toMatchObject({ asked: 1, opened: 1 });
  seen.panes = [own, { ...loop, dead: true }];
  await duty.run();
  expect(seen).toMatchObject({ asked: 2, opened: 2 });
});
