import { z } from 'zod';
import { isRefusal, refuse } from '#domain/error.ts';
import { readCheckLog } from '#operations/check/log.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findTask } from '#operations/task/find.ts';

/** What stands on the pane of a session, history included, and the log of its setup. */
export const sessionLogs = defineOperation({
  name: 'session.logs',
  summary: 'Show the text of the pane of a task, and the log of its setup command.',
  command: {
    usage: 'logs <task>',
    json: true,
    options: [
      { flags: '--lines <n>', summary: 'how many of the last lines (default 200)' },
      { flags: '--setup', summary: 'the log of the setup command instead' },
      {
        flags: '--check [name]',
        summary: 'what of the log of a check tells why it failed, instead',
      },
    ],
  },
  input: z.object({
    task: taskId,
    lines: z.coerce.number().int().positive().max(100_000).default(200),
    setup: z.boolean().default(false),
    check: z.union([z.literal(true), z.string()]).optional(),
  }),
  describe: (log: { task: number; text: string }) => log.text,
  async run(app, given) {
    if (given.check !== undefined) {
      const check = given.check === true ? null : given.check;
      return await readCheckLog.run(app, { task: given.task, check });
    }
    const { store, tmux, claude } = app;
    const found = findTask(store, given.task);
    if (isRefusal(found)) return found;
    const session = store.sessions.openOf(given.task) ?? store.sessions.lastOf(given.task);
    if (session === null) return refuse(`#${given.task} was never launched.`);
    if (given.setup) {
      const text = claude.readSetupLog(session.id);
      if (text === null) return refuse(`#${given.task} has no setup log.`);
      return { task: given.task, text };
    }
    if (session.pane === null) return refuse(`#${given.task} has no pane.`);
    // Another server gives the same numbers to others. A pane whose program has ended still shows its last words.
    const pane = (await tmux.panes()).find(
      (each) =>
        each.session === session.id &&
        each.pane === session.pane &&
        each.serverPid === session.serverPid,
    );
    if (pane === undefined) {
      return refuse(
        `The pane of #${given.task} is gone.`,
        `Launch it to get a new one: claustre launch ${given.task}`,
      );
    }
    const text = await tmux.readText(pane.pane, given.lines);
    return isRefusal(text) ? text : { task: given.task, text };
  },
});
