/** The title of the terminal that the dashboard is shown in. */
export interface Title {
  /** Says how much waits for a person; written only when it says something else than before. */
  show(count: number): void;
  /** Another program has the terminal, and may change its title: nothing is written until the next `show`, which then is. */
  lend(): void;
  /** Gives the terminal back the title that it had. */
  close(): void;
}

const PUSH = '\u001B[22;0t';
const POP = '\u001B[23;0t';

/** A console without a window would print what it does not know. */
const WITHOUT_TITLE = /^(?:linux|dumb|vt\d+)?$/;

/** `write` writes to the terminal, `term` is its name. Nothing is written before the first `show`. */
export function createTitle(write: (text: string) => void, term: string | undefined): Title {
  const silent = WITHOUT_TITLE.test(term ?? '');
  let pushed = false;
  let shown: string | null = null;
  return {
    show(count) {
      const text = count === 0 ? 'claustre' : `◆ ${count} · claustre`;
      if (silent || text === shown) return;
      write(`${pushed ? '' : PUSH}\u001B]2;${text}\u0007`);
      pushed = true;
      shown = text;
    },
    lend() {
      shown = null;
    },
    close() {
      if (pushed) write(POP);
      pushed = false;
    },
  };
}
