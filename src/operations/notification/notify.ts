import { z } from 'zod';
import { inSentences, isRefusal, refuse } from '#domain/error.ts';
import { defineOperation } from '#operations/operation.ts';
import { type Sent, sendMessage } from './send.ts';

interface Notified {
  sent: Sent[];
}

/** For trying out [notifications], and for scripts. It goes every way that is switched on, also while the notifications themselves are off. */
export const notify = defineOperation({
  name: 'notification.notify',
  summary: 'Send a notification by every way of [notifications], and say how each went.',
  command: {
    usage: 'notify [text]',
    options: [{ flags: '--test', summary: 'a text that says that it is a test' }],
  },
  input: z.object({ text: z.string().optional(), test: z.boolean().default(false) }),
  describe: ({ sent }: Notified) => sent.map(sayHow).join('\n'),
  failed: ({ sent }: Notified) =>
    sent.some(({ result }) => isRefusal(result)) ? ('environment' as const) : null,
  async run(app, { text, test }) {
    const said = text ?? (test ? 'This is a test of the notifications.' : '');
    if (said.trim() === '') {
      return refuse('There is nothing to say.', 'Give a text, or --test.', 'invalid');
    }
    const message = { task: 'claustre', project: 'claustre', kind: 'test', text: said };
    const sent = await sendMessage(app, message);
    if (sent.length > 0) return { sent };
    return refuse(
      'Every way of [notifications] is switched off.',
      'Set system or bell to true, or a command, in config.toml.',
    );
  },
});

function sayHow({ channel, result }: Sent): string {
  if (!isRefusal(result)) return `${channel}: ${result}.`;
  return `${channel}: ${inSentences(result)}`;
}
