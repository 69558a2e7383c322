import { ClaustreError, inSentences, type Refusal } from '#domain/error.ts';
import type { State } from './state.ts';
import type { Toast } from './view.ts';

const SHOWN_MS = 4_000;
const ERROR_SHOWN_MS = 8_000;

export interface Toasts {
  show(text: string, tone: Toast['tone']): void;
  refuse(refusal: Refusal): void;
  /** What went wrong, in its own words; a bug says where the log tells more. */
  fail(error: unknown): void;
  close(): void;
}

/**
 * What happened, said at once: a newer message takes the place of an older one, which does not come back. An error stays beside newer
 * messages until its time is over or a newer error comes.
 */
export function createToasts(state: State, onBug: (error: unknown) => string): Toasts {
  const timers = new Map<Toast, NodeJS.Timeout>();
  const drop = (toast: Toast): void => {
    clearTimeout(timers.get(toast));
    timers.delete(toast);
    state.update((view) => ({ ...view, toasts: view.toasts.filter((each) => each !== toast) }));
  };
  const show = (text: string, tone: Toast['tone']): void => {
    if (text === '') return;
    const toast: Toast = { text, tone };
    const stays = (each: Toast): boolean =>
      each.tone === 'bad' && tone !== 'bad' && each.text !== text;
    for (const each of timers.keys()) {
      if (stays(each)) continue;
      clearTimeout(timers.get(each));
      timers.delete(each);
    }
    state.update((view) => ({ ...view, toasts: [...view.toasts.filter(stays), toast] }));
    const timer = setTimeout(() => drop(toast), tone === 'bad' ? ERROR_SHOWN_MS : SHOWN_MS);
    timers.set(toast, timer.unref());
  };
  return {
    show,
    refuse: (refusal) => show(inSentences(refusal), 'warning'),
    fail(error) {
      if (error instanceof ClaustreError) {
        show(inSentences({ reason: error.message, hint: error.hint }), 'bad');
      } else show(onBug(error), 'bad');
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
