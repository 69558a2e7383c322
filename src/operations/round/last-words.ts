import type { App } from '#app.ts';
import { wordsSince } from '#domain/claude/last-words.ts';
import { fixBeginning } from '#domain/pull-request/message/fix-message.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Round } from '#domain/pull-request/round.ts';
import type { Session } from '#domain/session.ts';

/** The end of a conversation in which its last message surely stands. */
const TAIL_BYTES = 1024 * 1024;

/** What the task's own Claude said since it was told of a round, from its conversation; empty when that cannot be read. */
export function lastWords(
  { claude }: Pick<App, 'claude'>,
  { id }: Pick<Round, 'id'>,
  { transcriptPath }: Pick<Session, 'transcriptPath'>,
  { number }: Pick<PullRequest, 'number'>,
): string {
  const size = transcriptPath === null ? null : claude.transcriptSize(transcriptPath);
  if (transcriptPath === null || size === null) return '';
  const lines: unknown[] = [];
  for (let from = Math.max(0, size - TAIL_BYTES); ; ) {
    const part = claude.readTranscript(transcriptPath, from);
    if (part === null) break;
    lines.push(...part.lines);
    if (!part.more || part.next === from) break;
    from = part.next;
  }
  return wordsSince(lines, fixBeginning(id, number));
}
