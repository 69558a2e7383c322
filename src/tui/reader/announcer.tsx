import { useStdout } from 'ink';
import { useEffect } from 'react';
import type { State } from '#tui/state.ts';
import { announcements } from './announce.ts';

/** Says each change of a status in a line of its own above the screen, where it stays to be read again. */
export function Announcer({ state }: { state: State }) {
  const { write } = useStdout();
  useEffect(
    () =>
      state.store.subscribe((now, before) => {
        if (now.snapshot === before.snapshot) return;
        for (const line of announcements(before.snapshot, now.snapshot, now.view.now))
          write(`${line}\n`);
      }),
    [state, write],
  );
  return null;
}
