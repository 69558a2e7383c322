import { z } from 'zod';
import type { App } from '#app.ts';
import { isAsking } from '#domain/activity.ts';
import { type Answer, approval, denial } from '#domain/claude/answer.ts';
import type { Request } from '#domain/claude/request.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { taskIds } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findTask } from '#operations/task/find.ts';
import { lookAtSessions } from './look.ts';

/** The hook looks four times a second; one that has not taken an answer by now is gone. */
const TAKEN_MS = 3_000;
const LOOK_MS = 50;

const input = z.object({
  task: taskIds,
  /** true without a reason. */
  deny: z.union([z.boolean(), z.string()]).optional(),
  choice: z.array(z.string()).optional(),
  /** A yes that holds for the session. */
  always: z.boolean().optional(),
  /** Which requests of these tasks; without it the oldest of each. */
  request: z.array(z.string()).optional(),
});

interface Answered {
  behavior: Answer['behavior'];
  answered: { task: number; kind: Request['kind']; text: string }[];
  refused: { task: number; reason: string }[];
}

/** Answers what Claude asks, through its hook: the session need not be entered. */
export const answerSession = defineOperation({
  name: 'session.answer',
  summary: 'Answer what Claude asks in a task: allow it, deny it, or choose.',
  command: {
    usage: 'answer <task...>',
    json: true,
    options: [
      { flags: '--deny [reason]', summary: 'say no; Claude is told the reason and goes on' },
      {
        flags: '--choice <number|text>',
        summary: 'an option of a question, or your own words; one for each question',
        repeatable: true,
      },
      { flags: '--always', summary: 'allow what Claude offers for the rest of the session, too' },
    ],
  },
  input,
  describe: describeAnswered,
  failed: ({ refused }: Answered) => (refused.length > 0 ? 'refused' : null),
  async run(app, given): Promise<Answered | Refusal> {
    await lookAtSessions(app, given.task);
    const said: Said[] = [];
    const refused: { task: number; refusal: Refusal }[] = [];
    for (const task of new Set(given.task)) {
      const requests = findRequests(app, task, given.request);
      if (isRefusal(requests)) refused.push({ task, refusal: requests });
      else {
        for (const request of requests) {
          const answer = answerTo(request, given);
          if (isRefusal(answer)) return answer;
          said.push({ request, answer });
        }
      }
    }
    const untaken = await say(app, said);
    for (const { request, refusal } of untaken) refused.push({ task: request.taskId, refusal });
    const lost = new Set(untaken.map(({ request }) => request));
    const answered = said.filter(({ request }) => !lost.has(request));
    const [first] = refused;
    if (answered.length === 0 && first !== undefined) return first.refusal;
    return {
      behavior: given.deny === undefined || given.deny === false ? 'allow' : 'deny',
      answered: answered.map(({ request: { taskId, kind, detail } }) => ({
        task: taskId,
        kind,
        text: detail,
      })),
      refused: refused.map(({ task, refusal }) => ({ task, reason: refusal.reason })),
    };
  },
});

function answerTo(
  request: Request,
  { deny, choice, always }: z.infer<typeof input>,
): Answer | Refusal {
  if (deny === undefined || deny === false) {
    const answer = approval(request.questions, choice ?? []);
    return always !== true || isRefusal(answer) ? answer : forSession(request);
  }
  if (always === true) {
    return refuse('A no is for this one time.', 'Give --deny or --always, not both.', 'invalid');
  }
  if (choice !== undefined) {
    return refuse('A no has no choice.', 'Give --deny or --choice, not both.', 'invalid');
  }
  return denial(request.kind, deny === true ? '' : deny);
}

function forSession({ always, detail }: Request): Answer | Refusal {
  if (always !== null) return { behavior: 'allow', always: true };
  return refuse(
    `Claude offers nothing to allow for the session with "${detail}".`,
    'Say yes for this one time.',
  );
}

/** What is to be answered in a task: at least one request that its hook waits with. */
function findRequests(
  { store, host }: App,
  id: number,
  wanted: readonly string[] | undefined,
): Request[] | Refusal {
  const found = findTask(store, id);
  if (isRefusal(found)) return found;
  const session = store.sessions.openOf(id);
  if (session === null) {
    return refuse(`#${id} has no session.`, `Launch it: claustre launch ${id}`);
  }
  const open = store.requests.openOf(session.id);
  const asked =
    wanted === undefined ? open.slice(0, 1) : open.filter((each) => wanted.includes(each.id));
  const [first] = asked;
  if (first === undefined) {
    if (wanted !== undefined) return answeredAlready(id);
    return isAsking(session.activity.name)
      ? refuse(
          `What Claude asks in #${id} can only be answered in its session.`,
          `Go there: claustre attach ${id}`,
        )
      : refuse(`Claude asks nothing in #${id}.`, `See what it does: claustre why ${id}`);
  }
  const waits = asked.filter(({ waiter }) => waiter !== null && host.isAlive(waiter));
  if (waits.length > 0) return waits;
  // Whoever killed the hooks left them no time to say so; from now on no screen offers an answer.
  store.write(() => {
    for (const request of asked) store.requests.setWaiter(request.id, null);
  });
  return nobodyWaits(first);
}

function answeredAlready(id: number): Refusal {
  return refuse(`It was answered already in #${id}.`);
}

function nobodyWaits({ taskId, detail }: Request): Refusal {
  return refuse(
    `Nothing waits any more for an answer to "${detail}" in #${taskId}; Claude's own dialog does.`,
    `Answer there: claustre attach ${taskId}`,
  );
}

interface Said {
  request: Request;
  answer: Answer;
}

/** Gives the answers to the hooks that wait. Returns those that were not taken, which are taken back, with why. */
async function say(
  { store, clock }: App,
  said: readonly Said[],
): Promise<{ request: Request; refusal: Refusal }[]> {
  // Somebody else may be answering the same from another screen.
  const given = store.write(() => said.filter((each) => isFirst(store, each)));
  const isTaken = ({ request }: Said): boolean =>
    store.requests.find(request.id)?.closedBy === 'answered';
  const deadline = clock.now() + TAKEN_MS;
  while (!given.every(isTaken) && clock.now() < deadline) await clock.wait(LOOK_MS);
  // In one transaction with the last look: a hook that comes now finds no answer.
  const left = store.write(() => {
    const some = given.filter((each) => !isTaken(each));
    for (const { request } of some) {
      store.requests.setAnswer(request.id, null);
      store.requests.setWaiter(request.id, null);
    }
    return some;
  });
  return said.flatMap((each) => {
    const { request } = each;
    if (left.includes(each)) return [{ request, refusal: nobodyWaits(request) }];
    return given.includes(each) ? [] : [{ request, refusal: answeredAlready(request.taskId) }];
  });
}

/** Writes the answer unless there is one, or the request is over. Its event is written by the hook that takes it. */
function isFirst({ requests }: App['store'], { request, answer }: Said): boolean {
  const now = requests.find(request.id);
  if (now === null || now.closedAt !== null || now.answer !== null) return false;
  requests.setAnswer(request.id, answer);
  return true;
}

/** What a yes to each kind of request is called. */
const YES = { permission: 'Allowed', question: 'Answered', plan: 'Approved' } as const;

function describeAnswered({ behavior, answered, refused }: Answered): string {
  const said = new Map(answered.map(({ kind, text }) => [text, kind]));
  const lines = [...said].map(([text, kind]) => {
    const ids = answered.filter((each) => each.text === text).map(({ task }) => `#${task}`);
    const done = behavior === 'allow' ? YES[kind] : 'Denied';
    return `${done} in ${[...new Set(ids)].join(', ')}: ${text}`;
  });
  return [...lines, ...refused.map(({ reason }) => reason)].join('\n');
}
