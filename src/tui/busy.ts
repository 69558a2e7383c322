import type { State } from './state.ts';

/** Counts what is being done, so that the status line can say it and a test can wait for the end of it. */
export interface Busy {
  /** Runs it under these words; undefined, without running it, when the same words are being done already. */
  run<T>(words: string, work: () => Promise<T>): Promise<T | undefined>;
  /** The same for work that may be done several times at once. */
  runAgain<T>(words: string, work: () => Promise<T>): Promise<T>;
  isIdle(): boolean;
}

export function createBusy(state: State): Busy {
  const running: string[] = [];
  const show = (): void => state.update((view) => ({ ...view, busy: [...running] }));
  const runAgain = async <T>(words: string, work: () => Promise<T>): Promise<T> => {
    running.push(words);
    show();
    try {
      return await work();
    } finally {
      running.splice(running.indexOf(words), 1);
      show();
    }
  };
  return {
    run: async (words, work) => (running.includes(words) ? undefined : runAgain(words, work)),
    runAgain,
    isIdle: () => running.length === 0,
  };
}
