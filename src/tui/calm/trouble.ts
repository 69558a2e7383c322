import { ClaustreError, inSentences } from '#domain/error.ts';
import type { State } from '#tui/state.ts';
import type { Toasts } from '#tui/toasts.ts';

/** What the dashboard cannot do without. */
export type Needed = 'database' | 'supervisor';

/** What stays wrong until it is mended, in a sentence for each thing; it is shown as long as it is so. */
export type Troubles = Readonly<Partial<Record<Needed, string>>>;

/** Shows the sentence until null is said for the same thing. */
export function setTrouble(state: State, needed: Needed, sentence: string | null): void {
  state.update((view) => {
    if ((view.troubles[needed] ?? null) === sentence) return view;
    const { [needed]: _, ...others } = view.troubles;
    return { ...view, troubles: sentence === null ? others : { ...others, [needed]: sentence } };
  });
}

/** Tells of a database that cannot be read, and of its return; anything but that is a bug and is said as one. */
export function createDatabaseTrouble(state: State, toasts: Toasts): (error: unknown) => void {
  let bug: string | null = null;
  return (error) => {
    const before = bug;
    bug = error === null || error instanceof ClaustreError ? null : String(error);
    if (error === null) setTrouble(state, 'database', null);
    else if (error instanceof ClaustreError) {
      const { message: reason, hint } = error;
      setTrouble(state, 'database', inSentences({ reason, hint }));
    } else if (bug !== before) toasts.fail(error);
  };
}
