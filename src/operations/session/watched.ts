import type { App } from '#app.ts';

/** Whether somebody has a session's terminal before them: they may be writing into the very box. */
export async function isWatched({ tmux }: Pick<App, 'tmux'>, session: string): Promise<boolean> {
  const clients = await tmux.clients();
  return clients.some((each) => each.focused === true && each.session === session);
}
