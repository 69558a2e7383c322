import type { App } from '#app.ts';
import type { PrintResult } from '#domain/claude/print-result.ts';
import { isRefusal, type Refusal } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import type { Round } from '#domain/pull-request/round.ts';
import { askedIn, believed, readVerdicts, type Verdict } from '#domain/pull-request/verdict.ts';
import type { Session } from '#domain/session.ts';
import type { RoundEnd } from '#operations/round/end.ts';

/** A remote that does not answer is asked so often, with this pause. */
const TRIES = 3;
const PAUSE_MS = 3_000;

/** What a round has really come to: what Claude said of it is held against the worktree and the remote. */
export async function settle(
  app: App,
  round: Round,
  { session, project }: { session: Session; project: Project },
  result: PrintResult,
): Promise<RoundEnd> {
  const said = readVerdicts(result.output);
  if (said === null) {
    const denied =
      result.denied.length === 0 ? '' : ` It was not allowed: ${result.denied.join(', ')}.`;
    return fail(result, `Claude ended without verdicts.${denied}`);
  }
  const worktree = await app.git.inspectWorktree(session.worktree, session.baseCommit);
  if (isRefusal(worktree)) return fail(result, worktree.reason);
  const remote = await remoteHead(app, project, session.branch);
  const feedback = round.pullRequestId === null ? [] : app.store.feedback.of(round.pullRequestId);
  const { head } = worktree;
  const moved = head !== round.headCommit;
  const pushed =
    !isRefusal(remote) && remote?.commit === head && worktree.branch === session.branch;
  const facts = { roundId: round.id, head, moved, pushed };
  const verdicts = believed(said, askedIn(round.evidence, feedback), facts);
  const claims = said.some(({ verdict }) => verdict === 'fixed');
  if (!pushed && (moved || claims)) {
    const why = isRefusal(remote)
      ? remote.reason
      : `${session.branch} is not on the remote as it is here.`;
    return {
      outcome: 'failed',
      note: `Not pushed, so nothing counts as fixed: ${why}`,
      verdicts,
      result,
    };
  }
  return {
    outcome: moved ? 'pushed' : 'unchanged',
    note: noteOf(round, verdicts),
    verdicts,
    result,
  };
}

function noteOf(round: Round, verdicts: readonly Verdict[]): string | null {
  const left = round.evidence.length - verdicts.length;
  if (left === 0) return null;
  return left === 1 ? 'One comment got no verdict.' : `${left} comments got no verdict.`;
}

function fail(result: PrintResult, note: string): RoundEnd {
  return { outcome: 'failed', note, result };
}

async function remoteHead(
  { git, clock }: App,
  project: Project,
  branch: string,
): Promise<{ commit: string } | null | Refusal> {
  const remote = project.remote ?? 'origin';
  for (let tries = 1; ; tries += 1) {
    const found = await git.remoteHead(project.path, remote, branch);
    if (!isRefusal(found) || tries === TRIES) return found;
    await clock.wait(PAUSE_MS);
  }
}
