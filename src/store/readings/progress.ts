import type { Doing, Progress, Work } from '#domain/progress.ts';
import type { Risk } from '#domain/proof/risk.ts';
import type { CountedAnswer, Repetition } from '#domain/transcript.ts';
import { bit, statement } from '#store/columns.ts';
import type { Db } from '#store/open.ts';

/** How far a transcript was read. */
export interface ReadTranscript {
  path: string;
  sessionId: string;
  readBytes: number;
  /** The newest answers that were counted. */
  recent: CountedAnswer[];
  repeated: Repetition | null;
}

/** What tells a Claude that gets on from one that runs in circles. */
export interface Headway {
  /** Output and new input since a file changed or somebody prompted. */
  freshTokens: number;
  /** When the number of commits changed last, in milliseconds since 1970; null when that was not seen yet. */
  committedAt: number | null;
  /** The newest call of a tool in the conversation; null without one. */
  repeated: Repetition | null;
}

/**
 * How far the work of sessions is. These are readings, taken again every few seconds of work: no events tell of them.
 */
export interface ProgressTable {
  of(sessionId: string): Progress;
  /** Of the sessions that are not closed and were looked at, by task id. */
  open(): Map<number, Progress>;
  setWork(sessionId: string, work: Work, risks: readonly Risk[]): void;
  setDoing(sessionId: string, doing: Doing | null): void;
  headway(sessionId: string, transcriptPath: string | null): Headway;
  /** Adds output and new input; `anew` forgets what was there. */
  addFresh(sessionId: string, tokens: number, anew: boolean): void;
  /** Files changed, and perhaps commits were made. */
  noteChange(sessionId: string, committedAt: number | null): void;
  transcript(path: string): ReadTranscript | null;
  /** Paths of all transcripts of a session that were read. */
  transcripts(sessionId: string): string[];
  setTranscript(read: ReadTranscript): void;
}

interface Row {
  head: string | null;
  ahead: number | null;
  behind: number | null;
  files: number | null;
  added: number | null;
  deleted: number | null;
  cut: 0 | 1;
  readAt: number | null;
  risks: string | null;
  doing: string | null;
  doingSince: number | null;
}

const COLUMNS = `head, ahead, behind, files, added, deleted, cut, read_at_ms readAt, risks, doing, doing_since_ms doingSince`;

function fromRow({
  cut,
  readAt,
  risks,
  doing,
  doingSince,
  files,
  added,
  deleted,
  ...rest
}: Row): Progress {
  const isRead = readAt !== null && files !== null && added !== null && deleted !== null;
  return {
    work: isRead ? { ...rest, files, added, deleted, cut: cut === 1, readAt } : null,
    risks: risks === null ? null : JSON.parse(risks),
    doing: doing === null || doingSince === null ? null : { text: doing, since: doingSince },
  };
}

export function createProgress(db: Db): ProgressTable {
  return {
    of(sessionId) {
      const row = statement(db, `select ${COLUMNS} from progress where session_id = ?`).get(
        sessionId,
      ) as Row | undefined;
      return row === undefined ? { work: null, risks: null, doing: null } : fromRow(row);
    },
    open() {
      const rows = statement(
        db,
        `select task_id taskId, ${COLUMNS} from progress
         join sessions on sessions.id = session_id where state <> 'closed'`,
      ).all() as (Row & { taskId: number })[];
      return new Map(rows.map(({ taskId, ...row }) => [taskId, fromRow(row)]));
    },
    setWork: (sessionId, work, risks) =>
      void statement(
        db,
        `insert into progress (session_id, head, ahead, behind, files, added, deleted, cut, read_at_ms, risks)
         values (@sessionId, @head, @ahead, @behind, @files, @added, @deleted, @cut, @readAt, @risks)
         on conflict (session_id) do update set head = @head, ahead = @ahead, behind = @behind, files = @files,
           added = @added, deleted = @deleted, cut = @cut, read_at_ms = @readAt, risks = @risks`,
      ).run({ ...work, cut: bit(work.cut), risks: JSON.stringify(risks), sessionId }),
    setDoing: (sessionId, doing) =>
      void statement(
        db,
        `insert into progress (session_id, doing, doing_since_ms) values (@sessionId, @text, @since)
         on conflict (session_id) do update set doing = @text, doing_since_ms = @since`,
      ).run({ sessionId, text: doing?.text ?? null, since: doing?.since ?? null }),
    headway(sessionId, transcriptPath) {
      const row = statement(
        db,
        `select fresh_tokens freshTokens, committed_at_ms committedAt,
           (select repeated from transcripts where path = @transcriptPath) repeated
         from progress where session_id = @sessionId`,
      ).get({ sessionId, transcriptPath }) as
        | (Omit<Headway, 'repeated'> & { repeated: string | null })
        | undefined;
      if (row === undefined) return { freshTokens: 0, committedAt: null, repeated: null };
      return { ...row, repeated: row.repeated === null ? null : JSON.parse(row.repeated) };
    },
    addFresh: (sessionId, tokens, anew) =>
      void statement(
        db,
        `insert into progress (session_id, fresh_tokens) values (@sessionId, @tokens)
         on conflict (session_id) do update set fresh_tokens = @tokens + iif(@anew, 0, fresh_tokens)`,
      ).run({ sessionId, tokens, anew: bit(anew) }),
    noteChange: (sessionId, committedAt) =>
      void statement(
        db,
        `update progress set fresh_tokens = 0, committed_at_ms = coalesce(@committedAt, committed_at_ms)
         where session_id = @sessionId`,
      ).run({ sessionId, committedAt }),
    transcript(path) {
      const row = statement(
        db,
        `select path, session_id sessionId, read_bytes readBytes, recent, repeated from transcripts where path = ?`,
      ).get(path) as
        | (Omit<ReadTranscript, 'recent' | 'repeated'> & {
            recent: string;
            repeated: string | null;
          })
        | undefined;
      if (row === undefined) return null;
      const { recent, repeated } = row;
      const read = repeated === null ? null : JSON.parse(repeated);
      return { ...row, recent: JSON.parse(recent), repeated: read };
    },
    transcripts: (sessionId) =>
      statement(db, 'select path from transcripts where session_id = ?')
        .pluck()
        .all(sessionId) as string[],
    setTranscript: (read) =>
      void statement(
        db,
        `insert into transcripts (path, session_id, read_bytes, recent, repeated)
         values (@path, @sessionId, @readBytes, @recent, @repeated)
         on conflict (path) do update set session_id = excluded.session_id,
           read_bytes = excluded.read_bytes, recent = excluded.recent, repeated = excluded.repeated`,
      ).run({
        ...read,
        recent: JSON.stringify(read.recent),
        repeated: read.repeated === null ? null : JSON.stringify(read.repeated),
      }),
  };
}
