import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import { wakeParked } from '#operations/attempt/wake.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findLiveSession } from './find.ts';

/** Hands this terminal to the session of a task until the person comes back. Needs a terminal. */
export const attachSession = defineOperation({
  name: 'session.attach',
  summary: 'Go into the session of a task; one key (Ctrl+Q) comes back.',
  command: { usage: 'attach <task>' },
  input: z.object({ task: taskId }),
  describe: (left: { said: string }) => left.said,
  async run(app, given) {
    const awake = await wakeParked(app, given.task);
    if (isRefusal(awake)) return awake;
    const live = await findLiveSession(app, given.task);
    if (isRefusal(live)) return live;
    const said = await app.tmux.attach(live.session.id);
    return isRefusal(said) ? said : { task: given.task, said };
  },
});
