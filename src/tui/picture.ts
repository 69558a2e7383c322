import type { App, TmuxClient } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { type Area, type Size, sameArea } from './layout.ts';
import type { Overlay } from './picture/overlay.ts';
import { createPoller, type Poller } from './picture/poller.ts';
import { createRows } from './picture/rows.ts';

/** The live picture of a session's pane. */
export interface Picture {
  /** Which cells it has, in a terminal of which size; null for none. Said before Ink draws the frame that leaves them empty. */
  place(area: Area | null, size: Size): void;
  /** Which pane it shows; null for none. Saying the same again changes nothing. */
  follow(target: PictureTarget | null): void;
  /** Resolves when no client of tmux is being connected. */
  settled(): Promise<void>;
  close(): void;
}

export interface PictureTarget {
  readonly session: string;
  readonly pane: string;
}

/** A tmux that cannot be reached is not asked again before this. */
const RETRY_MS = 2_000;

/** No picture, for screens without a live terminal below them. */
export const NO_PICTURE: Picture = {
  place() {},
  follow() {},
  settled: async () => undefined,
  close() {},
};

/**
 * Follows one pane through a persistent tmux client that is connected when first needed. `onNote` gets the sentence that says why there
 * is no picture, or null when there is one again; `onPlace` the cells each time they were emptied, so that somebody else may fill them.
 * Without `colors` it is drawn in none.
 */
export function createPicture(
  tmux: App['tmux'],
  overlay: Overlay,
  onNote: (note: string | null) => void,
  onPlace: (area: Area | null) => void = () => undefined,
  colors = true,
): Picture {
  let area: Area | null = null;
  let size: Size = { columns: 0, rows: 0 };
  let target: PictureTarget | null = null;
  let poller: Poller | null = null;
  let toRows: ReturnType<typeof createRows> | null = null;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;
  let unwatch = nobody;

  const stop = (): void => {
    poller?.stop();
    poller = null;
    unwatch();
    unwatch = nobody;
    clearTimeout(retry);
  };
  const again = (note: string | null): void => {
    onNote(note);
    stop();
    if (closed || target === null) return;
    retry = setTimeout(() => void start(), RETRY_MS);
    retry.unref();
  };
  const connection = createConnection(tmux, () => again(null));
  const draw = (screen: readonly string[]): void => {
    if (area === null) return;
    toRows ??= createRows(area.width, area.x, colors);
    // All of them are read, although only the last are shown: looks run on from row to row.
    const [from, to] = lastRows(screen, area.height);
    overlay.setRows(toRows(screen).slice(from, to));
  };
  const start = async (): Promise<void> => {
    const wanted = target;
    if (wanted === null || closed) return;
    const found = await connection.find(wanted);
    if (wanted !== target || closed) return;
    if (typeof found === 'string') {
      again(found);
      return;
    }
    onNote(null);
    stop();
    poller = createPoller({
      capture: () => found.capture(wanted.pane),
      onChange: (screen) => {
        if (wanted === target) draw(screen);
      },
      onFailure: () => again(GONE),
    });
    unwatch = found.watch(wanted.pane, () => poller?.peek());
  };
  return {
    place(next, terminal) {
      // A resize takes the cells away from the painter, also when they would be the same ones again.
      const resized = size.columns !== terminal.columns || size.rows !== terminal.rows;
      if (sameArea(area, next) && !resized) return;
      area = next;
      size = terminal;
      toRows = null;
      overlay.setRectangle(next);
      onPlace(next);
      // The rows were made for other cells; a new poller shows what it sees as new.
      if (next === null || poller === null) return;
      stop();
      void start();
    },
    follow(next) {
      if (target?.pane === next?.pane && target?.session === next?.session) return;
      target = next;
      stop();
      onNote(null);
      void start();
    },
    settled: connection.settled,
    close() {
      closed = true;
      stop();
      connection.close();
    },
  };
}

const nobody = (): void => undefined;

const GONE = 'The pane of this session is gone.';

/** One tmux client for all panes, connected again when it ended. */
function createConnection(
  tmux: App['tmux'],
  onClose: () => void,
): {
  /** A client that can capture the pane, or the sentence that says why there is none. */
  find(target: PictureTarget): Promise<TmuxClient | string>;
  settled(): Promise<void>;
  close(): void;
} {
  let connecting: Promise<TmuxClient | string> | null = null;
  let closed = false;
  const connect = async (): Promise<TmuxClient | string> => {
    const found = await tmux.connect();
    if (isRefusal(found)) {
      connecting = null;
      return `No picture: ${found.reason}`;
    }
    found.onClose(() => {
      connecting = null;
      if (!closed) onClose();
    });
    if (closed) found.close();
    return found;
  };
  return {
    async find({ session, pane }) {
      try {
        connecting ??= connect();
        const client = await connecting;
        if (typeof client === 'string') return client;
        // Numbers of panes begin anew with each server: the pane must be the session's own.
        const panes = await client.panes();
        return panes.some((each) => each.session === session && each.pane === pane) ? client : GONE;
      } catch (error) {
        connecting = null;
        return `No picture: ${error instanceof Error ? error.message : String(error)}`;
      }
    },
    async settled() {
      try {
        await connecting;
      } catch {
        // Whoever wanted the client tells why there is none.
      }
    },
    close() {
      closed = true;
      void connecting?.then((client) => {
        if (typeof client !== 'string') client.close();
      });
    },
  };
}

/** Which rows of the screen are its end, where the prompt is: the blank ones below the last text are left out first. */
export function lastRows(screen: readonly string[], height: number): [from: number, to: number] {
  let end = screen.length;
  while (end > height && screen[end - 1]?.trim() === '') end -= 1;
  return [Math.max(0, end - height), end];
}
