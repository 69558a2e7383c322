/** When a program last wrote into each pane, in seconds: `%1=1767268800 %2=…`. The loops reach all sessions, whichever the client is attached to. */
const FORMAT = '#{S:#{W:#{P:#{pane_id}=#{window_activity} }}}';
const NAME = 'activity';
const CHANGED = new RegExp(`^%subscription-changed ${NAME} .*? : (.*)$`);

/** The request after which tmux tells, at most once a second, when something was written anywhere; it is asked for nothing meanwhile. */
export const SUBSCRIBE = ['refresh-client', '-B', `${NAME}::${FORMAT}`] as const;

/** Calls those who watch a pane when something was written in its window since the last line of tmux that told of it. */
export function createActivity(): {
  /** Takes a line that stands outside of replies. */
  read(line: string): void;
  /** Returns the function that ends it. */
  watch(pane: string, onActivity: () => void): () => void;
} {
  const watchers = new Set<{ pane: string; onActivity: () => void }>();
  let known = new Map<string, string>();
  return {
    read(line) {
      const [, list] = CHANGED.exec(line) ?? [];
      if (list === undefined) return;
      const now = new Map(
        list
          .trim()
          .split(' ')
          .map((each) => each.split('=') as [string, string]),
      );
      const before = known;
      known = now;
      for (const { pane, onActivity } of watchers) {
        // What is heard of for the first time may have happened before anybody looked.
        if (before.has(pane) && before.get(pane) !== now.get(pane)) onActivity();
      }
    },
    watch(pane, onActivity) {
      const watcher = { pane, onActivity };
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
  };
}
