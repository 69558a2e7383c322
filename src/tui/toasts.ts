import { ClaustreError, type Refusal } from '#domain/error.ts';
import type { State } from './state.ts';
import type { Toast } from './view.ts';

const SHOWN_MS = 4_000;
const ERROR_SHOWN_MS = 8_000;
/** Whoever presses on gets the answer to that: what is shown then makes way once it could be read. */
const LEAST_SHOWN_MS = 1_500;
/** More than this nobody reads; the oldest that wait are left out. */
const MAX_WAITING = 5;

export interface Toasts {
  show(text: string, tone: Toast['tone']): void;
  refuse(refusal: Refusal): void;
  /** What went wrong, in its own words; a bug says where the log tells more. */
  fail(error: unknown): void;
  close(): void;
}

/** One after the other in the status line. Nothing that is said is said over. */
export function createToasts(
  state: State,
  now: () => number,
  onBug: (error: unknown) => string,
): Toasts {
  let timer: NodeJS.Timeout | undefined;
  let shownAt = 0;
  const schedule = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(next, ms);
    timer.unref();
  };
  const begin = (): void => {
    const [first, ...waiting] = state.get().view.toasts;
    timer = undefined;
    if (first === undefined) return;
    shownAt = now();
    const full = first.tone === 'bad' ? ERROR_SHOWN_MS : SHOWN_MS;
    schedule(waiting.length > 0 ? LEAST_SHOWN_MS : full);
  };
  const next = (): void => {
    state.update((view) => ({ ...view, toasts: view.toasts.slice(1) }));
    begin();
  };
  const show = (text: string, tone: Toast['tone']): void => {
    const { toasts } = state.get().view;
    if (text === '' || toasts.some((toast) => toast.text === text)) return;
    const [first, ...waiting] = [...toasts, { text, tone }];
    const kept = first === undefined ? [] : [first, ...waiting.slice(-MAX_WAITING)];
    state.update((view) => ({ ...view, toasts: kept }));
    if (timer === undefined) begin();
    else schedule(Math.max(0, shownAt + LEAST_SHOWN_MS - now()));
  };
  return {
    show,
    refuse: ({ reason, hint }) => show(sentences(reason, hint), 'warning'),
    fail(error) {
      if (error instanceof ClaustreError) show(sentences(error.message, error.hint), 'bad');
      else show(onBug(error), 'bad');
    },
    close: () => clearTimeout(timer),
  };
}

function sentences(reason: string, hint: string | undefined): string {
  return hint === undefined ? reason : `${reason} ${hint}`;
}
