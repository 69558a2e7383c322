import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

const HEAD_BYTES = 100 * 1024;
const TAIL_BYTES = 400 * 1024;
/** Of one session. */
const MOST_LOGS = 20;

export interface BoundedLog {
  write(output: Uint8Array): void;
  /** Writes the end of it, too. Returns why not all of it could be kept, as a phrase; null when it could. */
  close(): string | null;
}

/**
 * A log of which the beginning is written as it comes and the end when it is over: however much somebody says, it takes the same room. A disk
 * that is full costs the log and nothing else.
 */
export function openBoundedLog(path: string): BoundedLog {
  const { write, close } = openFile(path);
  let room = HEAD_BYTES;
  let tail: Uint8Array[] = [];
  let tailBytes = 0;
  let left = 0;
  const keep = (output: Uint8Array): void => {
    tail.push(output);
    tailBytes += output.length;
    if (tailBytes < TAIL_BYTES * 2) return;
    const all = Buffer.concat(tail);
    left += all.length - TAIL_BYTES;
    tail = [Buffer.from(all.subarray(all.length - TAIL_BYTES))];
    tailBytes = TAIL_BYTES;
  };
  return {
    write(output) {
      const head = output.subarray(0, room);
      room -= head.length;
      if (head.length > 0) write(head);
      if (head.length < output.length) keep(output.subarray(head.length));
    },
    close() {
      const all = Buffer.concat(tail);
      const cut = Math.max(0, all.length - TAIL_BYTES);
      if (left + cut > 0) write(Buffer.from(`\n[claustre left out ${left + cut} bytes]\n`));
      write(all.subarray(cut));
      return close();
    },
  };
}

/** Removes the oldest logs of a folder, so that there is room for one more. Their names are numbers. */
function makeRoom(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const logs = readdirSync(folder).filter((name) => name.endsWith('.log'));
  const oldest = logs.toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  for (const name of oldest.slice(0, Math.max(0, logs.length - MOST_LOGS + 1))) {
    rmSync(join(folder, name), { force: true });
  }
}

function openFile(path: string): { write(bytes: Uint8Array): void; close(): string | null } {
  let file: number | null = null;
  let trouble: string | null = null;
  const attempt = (work: () => void): void => {
    if (trouble !== null) return;
    try {
      work();
    } catch (error) {
      trouble = (error as Error).message;
    }
  };
  attempt(() => {
    makeRoom(dirname(path));
    file = openSync(path, 'w', 0o600);
  });
  return {
    write(bytes) {
      attempt(() => {
        if (file !== null && bytes.length > 0) writeSync(file, bytes);
      });
    },
    close() {
      attempt(() => {
        if (file !== null) closeSync(file);
      });
      return trouble;
    },
  };
}
