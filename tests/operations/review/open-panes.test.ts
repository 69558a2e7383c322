import { expect, test } from 'vitest';
import type { NewShell, Pane } from '#adapters/tmux/tmux.ts';
import { refuse } from '#domain/error.ts';
import { beginReview } from '#operations/review/begin.ts';
import { hasOrphans, loopedSessions, openReviewPanes } from '#operations/review/open-panes.ts';
import { type ReviewStage, reviewStage } from '../../support/review-stage.ts';

function stage(panes: Partial<Pane>[] = [{}], opened: 'opened' | 'refused' = 'opened') {
  const own = reviewStage();
  const requests: NewShell[] = [];
  const pane = { session: own.session.id, pane: '%1', dead: false } as Pane;
  own.app.tmux.panes = async () => panes.map((each) => ({ ...pane, ...each }));
  own.app.tmux.openShell = async (request) => {
    requests.push(request);
    return opened === 'opened' ? pane : refuse('There is no room for another pane.');
  };
  return { ...own, requests };
}

const open = ({ app }: ReviewStage, isDue?: () => boolean) =>
  openReviewPanes(app, loopedSessions(app), isDue);

test('a task in review with its loop turned on gets its pane below Claude, without the focus', async () => {
  const own = stage();
  expect(await open(own)).toEqual([own.session]);
  expect(own.requests).toEqual([
    {
      ...{ of: '%1', side: 'down', percent: 25, focus: false, review: true },
      ...{ cwd: own.session.worktree, env: { CLAUSTRE_HOME: own.app.paths.home } },
      argv: [
        ...[own.app.paths.node, own.app.paths.main],
        ...['review-loop', '--session-id', own.session.id],
      ],
    },
  ]);
});

test.each([
  ['the loop runs', [{}, { review: true as const }]],
  ['nothing of the session is left', [{ session: 'another' }]],
  ['its panes are dead', [{ dead: true }]],
])('no pane is opened where %s', async (_, panes) => {
  const own = stage(panes);
  expect(await open(own)).toEqual([]);
  expect(own.requests).toEqual([]);
});

test('one is opened beside what is left of a Claude that is parked', async () => {
  const own = stage([{ dead: true }]);
  const { store, clock } = own.app;
  const activity = { name: 'ended', source: 'claustre', since: clock.now(), detail: null } as const;
  store.write(() => store.sessions.update(own.session.id, { activity, parkedAt: 5 }, null));
  expect(await open(own)).toHaveLength(1);
  expect(own.requests).toMatchObject([{ of: '%1' }]);
});

test('one that was started just now is not started again, and no room is no error', async () => {
  const own = stage();
  expect(await open(own, () => false)).toEqual([]);
  expect(await open(stage([{}], 'refused'))).toEqual([]);
});

test('a task without its loop, or that works again, needs no pane', async () => {
  const own = stage();
  const { store, clock } = own.app;
  const edit = { kind: 'task.edit', source: 'person', at: clock.iso() } as const;
  store.write(() => store.tasks.update(1, { loop: false }, edit));
  expect(loopedSessions(own.app)).toEqual([]);
});

test('a round that no loop will end is ended', async () => {
  const own = stage();
  const { store, clock } = own.app;
  await beginReview.run(own.app, { session: own.session.id });
  const looped = loopedSessions(own.app);
  expect(hasOrphans(own.app, looped)).toBe(false);
  await openReviewPanes(own.app, looped);
  expect(store.rounds.openOf(1)).not.toBeNull();

  const edit = { kind: 'task.edit', source: 'person', at: clock.iso() } as const;
  store.write(() => store.tasks.update(1, { loop: false }, edit));
  expect(hasOrphans(own.app, loopedSessions(own.app))).toBe(true);
  await open(own);
  expect(store.rounds.of(1)).toMatchObject([
    { outcome: 'stopped', note: 'The review loop was over.' },
  ]);
});

test('a loop that still runs ends its round itself', async () => {
  const own = stage([{ review: true }]);
  await beginReview.run(own.app, { session: own.session.id });
  await openReviewPanes(own.app, []);
  expect(own.app.store.rounds.openOf(1)).not.toBeNull();
});
