import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Snapshot } from '#app.ts';
import { createHands } from './calm/hands.ts';
import { sameView, settle, type View } from './view.ts';

/** Everything that the screen is made of. */
export interface DashboardState {
  readonly snapshot: Snapshot;
  readonly view: View;
}

export interface State {
  readonly store: StoreApi<DashboardState>;
  get(): DashboardState;
  setSnapshot(snapshot: Snapshot): void;
  /** Changes the view; selections and windows are brought in order afterwards. Nothing is drawn when nothing changed. */
  update(change: (view: View, snapshot: Snapshot) => View): void;
  /** Says that a person is at it: rows keep their places for a while, and times on the screen are of now. */
  touch(): void;
  /** Brings the time on the screen to now, in steps of a minute. */
  passTime(): void;
}

const MINUTE_MS = 60_000;

/** `now` is the clock, in milliseconds since 1970; without one, time stands still. */
export function createState(
  snapshot: Snapshot,
  view: View,
  now: () => number = () => view.now,
): State {
  const store = createStore<DashboardState>(() => ({ snapshot, view: settle(view, snapshot) }));
  const set = (next: DashboardState): void => {
    const settled = settle(next.view, next.snapshot);
    const current = store.getState();
    const same = sameView(settled, current.view);
    if (same && next.snapshot === current.snapshot) return;
    store.setState({ snapshot: next.snapshot, view: same ? current.view : settled });
  };
  const update: State['update'] = (change) => {
    const current = store.getState();
    set({ ...current, view: change(current.view, current.snapshot) });
  };
  const passTime = (): void => {
    const at = now();
    update((shown) => (at - shown.now < MINUTE_MS ? shown : { ...shown, now: at }));
  };
  const touchHands = createHands(
    () => store.getState().view,
    (change) => update((shown, { tasks }) => change(shown, tasks)),
  );
  return {
    store,
    get: store.getState,
    setSnapshot: (found) => set({ ...store.getState(), snapshot: found }),
    update,
    touch() {
      passTime();
      touchHands();
    },
    passTime,
  };
}
