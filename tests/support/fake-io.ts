import type { Io } from '#cli/io.ts';

export interface FakeIo extends Io {
  /** What was written so far. */
  out: string;
  err: string;
  /** Questions that were asked. */
  asked: string[];
}

/** An Io without a terminal whose output can be read back. `answer` makes it one where a person answers. */
export function fakeIo(
  more: Partial<Io> & { answer?: boolean; input?: string; files?: Record<string, string> } = {},
): FakeIo {
  const { answer, input, files, ...rest } = more;
  const io: FakeIo = {
    out: '',
    err: '',
    asked: [],
    async stdout(text) {
      io.out += text;
    },
    async stderr(text) {
      io.err += text;
    },
    isTerminal: false,
    columns: null,
    color: false,
    canAsk: answer !== undefined,
    async ask(question) {
      io.asked.push(question);
      return answer ?? false;
    },
    async readInput() {
      return input ?? '';
    },
    async readFile(path) {
      return files?.[path] ?? '';
    },
    now: () => Date.parse('2030-01-01T12:00:00Z'),
    ...rest,
  };
  return io;
}
