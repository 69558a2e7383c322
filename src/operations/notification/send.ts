import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { commandFor, type Message, withVoice } from '#domain/notification/message.ts';

/** The ways by which a person is told, as [notifications] names them. */
export type Channel = 'system' | 'bell' | 'command';

export interface Sent {
  channel: Channel;
  /** How it went, in a few words; a refusal when it was not told this way. */
  result: string | Refusal;
}

/** Tells a person by every way that is switched on, at once. Never throws: what fails is in the results. */
export async function sendMessage(app: App, message: Message): Promise<Sent[]> {
  const { system, bell, command, template, ...speech } = app.config.settings.notifications;
  const { desktop } = app;
  const ways: Partial<Record<Channel, () => Promise<string | Refusal>>> = {
    ...(system && {
      system: async () =>
        (await desktop.notify(message.project, message.text)) ?? 'the desktop shows it',
    }),
    ...(bell && { bell: () => ringAll(app) }),
    ...(command !== null && {
      command: async () =>
        (await desktop.tell(commandFor(withVoice(command, speech), template, message))) ??
        `${command[0]} ran`,
    }),
  };
  return Promise.all(
    Object.entries(ways).map(async ([channel, send]) => ({
      channel: channel as Channel,
      result: await send().catch(asRefusal),
    })),
  );
}

/** Terminals that show the dashboard ring by themselves. */
async function ringAll({ tmux }: App): Promise<string | Refusal> {
  const clients = await tmux.clients();
  const rung = await Promise.all(
    clients.map((client) => tmux.ring(client).then(() => undefined, asRefusal)),
  );
  const failed = rung.find(isRefusal);
  if (failed !== undefined) return failed;
  const count = clients.length;
  if (count === 0) return 'no terminal shows a session; a dashboard rings its own';
  return count === 1 ? 'one terminal rang' : `${count} terminals rang`;
}

function asRefusal(error: unknown): Refusal {
  const reason = error instanceof Error ? error.message : String(error);
  return refuse(reason, undefined, 'environment');
}
