import type { TmuxTerminal } from '#app.ts';

/** A client of tmux that the test plays: it says what the session shows, and sees what was typed. */
export interface FakeClient {
  readonly client: TmuxTerminal;
  show(text: string): void;
  end(said: string): void;
  typed(): string;
  size(): { columns: number; rows: number };
  isClosed(): boolean;
  isPaused(): boolean;
}

export function fakeClient(size: { columns: number; rows: number }): FakeClient {
  const listeners: ((bytes: Uint8Array) => void)[] = [];
  const enders: ((said: string) => void)[] = [];
  const unheard: string[] = [];
  let typed = '';
  let now = size;
  let closed = false;
  let paused = false;
  return {
    client: {
      rowsAbove: 1,
      write(bytes) {
        typed += Buffer.from(bytes).toString();
      },
      resize(next) {
        now = next;
      },
      pause() {
        paused = true;
      },
      resume() {
        paused = false;
      },
      onData(listener) {
        listeners.push(listener);
        for (const text of unheard.splice(0)) listener(Buffer.from(text));
      },
      onEnd: (ender) => void enders.push(ender),
      close() {
        closed = true;
      },
    },
    show(text) {
      if (listeners.length === 0) unheard.push(text);
      for (const listener of listeners) listener(Buffer.from(text));
    },
    end(said) {
      for (const ender of enders) ender(said);
    },
    typed: () => typed,
    size: () => now,
    isClosed: () => closed,
    isPaused: () => paused,
  };
}
