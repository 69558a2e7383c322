/**
 * One reply of tmux in control mode: what stood between its `%begin` and its `%end` or `%error`.
 */
export interface Reply {
  ok: boolean;
  /** Whether it answers a line that this client sent, not something that tmux did by itself. */
  ours: boolean;
  lines: string[];
}

const OPENING = /^%begin (\d+ \d+ (\d+))$/;
const REPLY_CHARACTERS = 32 * 1024 * 1024;

/**
 * Returns a function that takes lines of tmux's control mode and returns a reply when one is
 * complete. Output of programs is inside replies, so only the end with the opening's own time,
 * number and flags closes one. Throws when a line fits nowhere: a program has then imitated an end,
 * and the order of replies can no longer be trusted.
 */
export function createReplyReader(): (line: string) => Reply | null {
  let open: {
    head: string;
    ours: boolean;
    lines: string[];
    size: number;
  } | null = null;
  return (line) => {
    if (open === null) {
      const opening = OPENING.exec(line);
      if (opening !== null) {
        // Bit 0 of the flags: the block answers this client.
        const ours = (Number(opening[2]) & 1) === 1;
        open = { head: opening[1] ?? '', ours, lines: [], size: 0 };
      } else if (!line.startsWith('%') || /^%(?:end|error) /.test(line)) {
        throw new Error('A line of the control mode is outside of every reply.');
      }
      return null;
    }
    if (line === `%end ${open.head}` || line === `%error ${open.head}`) {
      const reply = {
        ok: line.startsWith('%end'),
        ours: open.ours,
        lines: open.lines,
      };
      open = null;
      return reply;
    }
    open.size += line.length;
    if (open.size > REPLY_CHARACTERS) throw new Error('A reply of the control mode is too large.');
    open.lines.push(line);
    return null;
  };
}
