import type { GateRun } from '#domain/gate/gate.ts';
import type { Overlap } from '#domain/overlap.ts';
import { type Feedback, isUndecided, newestStatement } from '#domain/pull-request/feedback.ts';
import type { MergeMethod, PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Round } from '#domain/pull-request/round.ts';
import { type StackState, stackWords } from '#domain/stack.ts';
import type { Risk } from './risk.ts';
import { newestRuns, type TestRun } from './test-run.ts';

/** What speaks for and against merging the work of a task. Names, paths and what people said are text from outside. */
export interface Proof {
  /** The newest run of each gate of the project, in their order. */
  gates: GateProof[];
  /** Of each command the newest run, the newest first. */
  tests: TestRun[];
  /** Changed files that are worth a look; null when nobody has looked. */
  risks: Risk[] | null;
  /** Null without a pull request. */
  checks: ChecksProof | null;
  approvedBy: string[];
  changesRequestedBy: string[];
  /** Null when that is not known. */
  unresolvedThreads: number | null;
  /** How GitHub merges it by itself, once it may; null when somebody has to. */
  merges: 'queued' | MergeMethod | null;
  staleReason: string | null;
  /** The task on whose unfinished branch it was begun. */
  stackedOn: number | null;
  /** How it stands to that one, in words; null when it is not stacked. */
  stack: string | null;
  overlaps: { task: number; files: string[]; conflicts: string[] | null }[];
  /** The oldest first. */
  rounds: RoundProof[];
  feedback: FeedbackProof[];
}

export interface GateProof
  extends Pick<GateRun, 'gate' | 'outcome' | 'exitCode' | 'note' | 'clean' | 'headCommit'> {
  /** ISO times in UTC. */
  startedAt: string;
  endedAt: string | null;
  /** Whether the head has moved since; null where that is not known. */
  stale: boolean | null;
}

export interface ChecksProof {
  passed: number;
  running: number;
  failing: { name: string; required: boolean | null }[];
  note: string | null;
}

export interface RoundProof extends Pick<Round, 'kind' | 'outcome' | 'note' | 'costUsd'> {
  /** ISO times in UTC. */
  startedAt: string;
  endedAt: string | null;
  evidence: string[];
}

export interface FeedbackProof
  extends Pick<Feedback, 'kind' | 'path' | 'line' | 'url' | 'resolved' | 'verdict' | 'reason'> {
  /** Who said the newest of it that is not ours; null for a deleted account, or when all of it is ours. */
  author: string | null;
  trust: 'trusted' | 'untrusted' | 'ours';
  /** Somebody trusted said something that nobody has decided about. */
  waits: boolean;
  /** Its first words. */
  text: string;
}

export interface ProofFacts {
  taskId: number;
  pullRequest: PullRequest | null;
  gateRuns: readonly GateRun[];
  /** The commit of the worktree as it was read last; null when it was not. */
  head: string | null;
  runs: readonly TestRun[];
  risks: Risk[] | null;
  stackedOn: number | null;
  stack: StackState | null;
  overlaps: readonly Overlap[];
  rounds: readonly Round[];
  feedback: readonly Feedback[];
}

const TEXT_CHARACTERS = 300;

export function proofOf(facts: ProofFacts): Proof {
  const { taskId, pullRequest, risks, stackedOn, stack } = facts;
  return {
    gates: gatesProof(facts.gateRuns, facts.head),
    tests: newestRuns(facts.runs),
    risks,
    checks: pullRequest === null ? null : checksProof(pullRequest),
    approvedBy: pullRequest?.approvedBy ?? [],
    changesRequestedBy: pullRequest?.changesRequestedBy ?? [],
    unresolvedThreads: pullRequest?.unresolvedThreads ?? null,
    merges: pullRequest?.queued ? 'queued' : (pullRequest?.autoMerge ?? null),
    staleReason: pullRequest?.staleReason ?? null,
    stackedOn,
    stack: stackedOn === null || stack === null ? null : stackWords(stackedOn, stack),
    overlaps: facts.overlaps
      .filter((pair) => pair.taskId === taskId || pair.otherId === taskId)
      .map(({ otherId, files, conflicts, ...pair }) => ({
        task: pair.taskId === taskId ? otherId : pair.taskId,
        files,
        conflicts,
      })),
    rounds: facts.rounds.map(roundProof),
    feedback: facts.feedback.filter(hasWords).map(feedbackProof),
  };
}

function gatesProof(runs: readonly GateRun[], head: string | null): GateProof[] {
  const newest = new Map(runs.map((run) => [run.gate, run]));
  return [...newest.values()].map(
    ({ gate, outcome, exitCode, note, clean, headCommit, startedAt, endedAt }) => ({
      ...{ gate, outcome, exitCode, note, clean, headCommit },
      startedAt: new Date(startedAt).toISOString(),
      endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
      stale: head === null ? null : head !== headCommit,
    }),
  );
}

function checksProof(pullRequest: PullRequest): ChecksProof {
  const { checkRuns, checksNote } = pullRequest;
  const count = (meaning: string): number =>
    checkRuns.filter((check) => check.meaning === meaning).length;
  const failed = checkRuns.filter(({ meaning }) => meaning === 'failed');
  return {
    passed: count('passed'),
    running: count('pending'),
    failing: failed.map(({ name, required }) => ({ name, required })),
    note: checksNote,
  };
}

function roundProof({ kind, outcome, note, costUsd, ...round }: Round): RoundProof {
  const iso = (at: number | null): string | null =>
    at === null ? null : new Date(at).toISOString();
  return {
    ...{ kind, outcome, note, costUsd },
    startedAt: new Date(round.startedAt).toISOString(),
    endedAt: iso(round.endedAt),
    evidence: round.evidence.map(({ title }) => title),
  };
}

/** An approval mostly has none. */
function hasWords({ statements }: Feedback): boolean {
  return statements.some(({ body }) => body.trim() !== '');
}

function feedbackProof(feedback: Feedback): FeedbackProof {
  const { kind, path, line, url, resolved, verdict, reason, statements } = feedback;
  // What a stranger adds below the words of somebody who is trusted takes nothing from them.
  const said =
    newestStatement(feedback) ?? statements.findLast((each) => each.trust !== 'ours') ?? null;
  const trust = said?.trust ?? 'ours';
  return {
    ...{ kind, path, line, url, resolved, verdict, reason, trust },
    author: said?.author ?? null,
    waits: isUndecided(feedback),
    text: (said ?? statements.at(-1))?.body.slice(0, TEXT_CHARACTERS) ?? '',
  };
}
