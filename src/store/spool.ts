import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { ClaustreError } from '#domain/error.ts';
import { translate } from './open.ts';

/** A report that could not be committed at once. */
export interface SpooledReport {
  uid: string;
  sessionId: string;
  /** Milliseconds since 1970. */
  at: number;
  /** What the report is about: a hook event or a status line. */
  kind: 'hook' | 'status';
  /** The JSON as it came. */
  body: string;
}

/** Makes the folder that every hook looks into: reading one that is there is quicker than learning that it is not. */
export function makeSpool(folder: string): void {
  mkdirSync(join(folder, 'new'), { recursive: true, mode: 0o700 });
}

/** Parks a report where every opener of the store looks first. It is on the disk, whole, when this returns. Throws what the disk throws. */
export function park(folder: string, report: SpooledReport): void {
  const fresh = join(folder, 'new');
  const unfinished = join(folder, 'tmp');
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  const name = `${String(report.at).padStart(15, '0')}-${report.uid}.json`;
  const path = join(unfinished, name);
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, JSON.stringify(report));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(path, join(fresh, name));
}

/**
 * Hands parked reports to `apply`, oldest first, at most `limit` of them, and removes each when that returned. What cannot be read, or
 * cannot be applied whatever is tried, is set aside in `bad/`, never deleted; a busy or missing database ends it with its error, and the
 * rest waits. A report may be applied twice when a process ends in between; its uid makes it count once. Returns how many were applied.
 */
export function drain(
  folder: string,
  apply: (report: SpooledReport) => void,
  limit = Number.POSITIVE_INFINITY,
): number {
  let applied = 0;
  for (const name of parkedNames(join(folder, 'new')).slice(0, limit)) {
    const path = join(folder, 'new', name);
    const report = read(path);
    if (report === 'gone') continue;
    if (report === 'bad' || !isApplied(folder, report, apply)) {
      setAside(folder, name);
      continue;
    }
    rmSync(path, { force: true });
    applied += 1;
  }
  return applied;
}

function parkedNames(fresh: string): string[] {
  try {
    return readdirSync(fresh).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** One report that breaks a rule of the database would otherwise hold up all that come after it, for ever. */
function isApplied(
  folder: string,
  report: SpooledReport,
  apply: (report: SpooledReport) => void,
): boolean {
  try {
    apply(report);
    return true;
  } catch (error) {
    if (translate(error, folder) instanceof ClaustreError) throw error;
    return false;
  }
}

function setAside(folder: string, name: string): void {
  mkdirSync(join(folder, 'bad'), { recursive: true, mode: 0o700 });
  try {
    renameSync(join(folder, 'new', name), join(folder, 'bad', name));
  } catch (error) {
    // Another process that drains at the same time was first.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function read(path: string): SpooledReport | 'gone' | 'bad' {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'gone';
    throw error;
  }
  try {
    const report = JSON.parse(content) as Partial<SpooledReport>;
    const whole =
      typeof report.uid === 'string' &&
      typeof report.sessionId === 'string' &&
      typeof report.at === 'number' &&
      typeof report.body === 'string' &&
      (report.kind === 'hook' || report.kind === 'status');
    return whole ? (report as SpooledReport) : 'bad';
  } catch {
    return 'bad';
  }
}
