import type { Store } from '#app.ts';
import { foldActivity } from '#domain/activity.ts';
import type { Answer } from '#domain/claude/answer.ts';
import { stillAsks } from '#domain/claude/request.ts';

type Stores = Pick<Store, 'sessions' | 'requests' | 'write'>;

/**
 * Hands a person's answer to the hook that waits for it, once: the request is closed and the session goes on. Returns null when there is
 * none, or when it was taken back or the request is over. `at` in milliseconds since 1970.
 */
export function takeAnswer(store: Stores, id: string, at: number): Answer | null {
  return store.write(() => {
    const request = store.requests.find(id);
    if (request === null || request.closedAt !== null || request.answer === null) return null;
    const session = store.sessions.find(request.sessionId);
    if (session === null) return null;
    store.requests.close(id, at, 'answered');
    const signal = { kind: 'hook', at, event: 'went_on', detail: request.detail } as const;
    const folded = foldActivity(session.activity, signal);
    const activity = stillAsks(folded, store.requests.openOf(session.id));
    store.sessions.update(session.id, activity === session.activity ? {} : { activity }, {
      at: new Date(at).toISOString(),
      taskId: request.taskId,
      kind: 'session.answer',
      source: 'person',
      data: { asked: request.detail, ...request.answer },
    });
    return request.answer;
  });
}
