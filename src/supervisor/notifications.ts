import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import type { Message } from '#domain/notification/message.ts';
import { beginNotices } from '#operations/notification/begin.ts';
import { type Channel, sendMessage } from '#operations/notification/send.ts';
import type { Duty } from './duty.ts';

/** Everything that can begin to wait is committed, which wakes the duty; this is only in case it was missed. */
const REST_MS = 60_000;

/** Tells a person what has begun to wait for them. It reads nothing unless something was committed. */
export function notificationsDuty(app: App): Duty {
  const failing = new Set<Channel>();
  // One after the other and beside the duty: a slow program delays no other, nor the next look.
  let sending: Promise<void> = Promise.resolve();
  let seen = '';
  return {
    name: 'notifications',
    async run() {
      const version = `${app.store.dataVersion()}:${app.store.ownChanges()}`;
      if (version === seen) return REST_MS;
      for (const message of await beginNotices(app)) {
        sending = sending.then(() => send(app, message, failing));
      }
      seen = version;
      return REST_MS;
    },
  };
}

/** A way that fails is told once in the log, and again after it has worked in between. */
async function send(app: App, message: Message, failing: Set<Channel>): Promise<void> {
  for (const { channel, result } of await sendMessage(app, message)) {
    if (!isRefusal(result)) failing.delete(channel);
    else if (!failing.has(channel)) {
      failing.add(channel);
      app.log.error(`A notification was not told by "${channel}".`, result.reason);
    }
  }
}
