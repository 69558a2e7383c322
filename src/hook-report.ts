import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { recordParked } from '#operations/session/update-status.ts';
import { findNativeBinding } from '#store/native-binding.ts';
import { drain, park, type SpooledReport } from '#store/spool.ts';
import { openStore, type Store } from '#store/store.ts';

/** Claude waits while a hook runs: a database that stays busy for longer is left to whoever opens it next. */
const BUSY_TIMEOUT_MS = 1_500;
/** Reports of others that a hook hands in before its own. */
export const DRAINED_AT_ONCE = 20;

/**
 * Hands a report in, in one transaction. What cannot be committed now, for whatever reason, is parked in the spool, where every opener
 * of the store finds it. Without a data directory nothing is done: a hook never makes one. Throws only when it cannot be parked either.
 */
export function handIn(home: string, report: SpooledReport): void {
  if (!existsSync(home)) return;
  const spool = join(home, 'spool');
  try {
    const store = openReportStore(home);
    try {
      drain(spool, (parked) => recordParked(store, parked), DRAINED_AT_ONCE);
      recordParked(store, report);
    } finally {
      store.close();
    }
  } catch {
    // The reason is found again, and told, by the command that drains the spool; a hook has nobody to tell it to.
    park(spool, report);
  }
}

/** Opens the store as a hook does: it must be there, is never migrated, and is given up soon when it is busy. */
export function openReportStore(home: string): Store {
  const nativeBinding = findNativeBinding(dirname(process.argv[1] ?? ''));
  return openStore(join(home, 'claustre.db'), {
    mustExist: true,
    busyTimeoutMs: BUSY_TIMEOUT_MS,
    ...(nativeBinding === undefined ? {} : { nativeBinding }),
  });
}

/** The id of the session that reports; null when the conversation is none of ours. */
export function reportingSession(): string | null {
  const id = process.env.CLAUSTRE_SESSION_ID;
  return id !== undefined && /^[\w-]{1,100}$/.test(id) ? id : null;
}

/** A report of this moment. Its uid is unique among the processes of this machine. */
export function newReport(
  kind: SpooledReport['kind'],
  sessionId: string,
  body: string,
): SpooledReport {
  const uid = `${process.pid}-${process.hrtime.bigint()}`;
  return { uid, sessionId, at: Date.now(), kind, body };
}

/** Everything on standard input; empty when there is none. */
export function readStdin(): string {
  try {
    return readFileSync(0, 'utf8');
  } catch (error) {
    // A terminal or pipe without a reader's end says EAGAIN or EOF; there is no report in it.
    if (['EAGAIN', 'EOF'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
