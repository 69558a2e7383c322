import { createFront, draw, type Front, setStatus } from './front.ts';
import { endGroup } from './hooks.ts';
import { childEnv, commonFields, createKept, type Kept, type Setting, startAnew } from './kept.ts';
import type { Key } from './keys.ts';
import type { Screen, Terminal } from './screen.ts';
import type { SessionsFile } from './sessions-file.ts';
import { createStatusLine, type StatusLine, statusPayload } from './status-line.ts';
import { createTodos } from './todos.ts';
import { runShell } from './tools.ts';
import { createWork, report, rest, stop, submit, type Work } from './turn.ts';

/** A second Ctrl-C within this time ends it. */
const SECOND_MS = 1_000;

/** One word that ends Claude instead of reaching the model. */
const ENDS = /^\s*(\/exit|\/quit|exit|quit|:q!?|:wq!?)\s*$/;

export interface Conversation {
  /** SessionStart, then the first prompt. */
  begin(prompt: string | null): Promise<void>;
  press(key: Key): void;
  redraw(): void;
  /** Ends it: SessionEnd, and nothing left behind. Safe to call twice. */
  end(reason: 'prompt_input_exit' | 'other'): Promise<void>;
}

/** One conversation as the real program leads it; what it does in a turn is written in the prompt. `over` is called when it ended. */
export function createConversation(
  setting: Setting,
  outside: { screen: Screen; terminal: Terminal; file: SessionsFile },
  over: () => void,
): Conversation {
  const kept = createKept(setting);
  const front = createFront(outside.screen, outside.terminal, outside.file);
  const work = createWork(kept, front, statusLineOf(kept, front));
  const clock = setInterval(() => {
    if (front.view.busySince !== null && front.view.dialog === null) draw(front);
  }, 1_000);
  let armed = 0;

  const end: Conversation['end'] = async (reason) => {
    if (front.ended) return;
    front.ended = true;
    clearInterval(clock);
    await leave(work, reason);
    over();
  };
  const control = (name: 'escape' | 'interrupt'): void => {
    if (work.turn !== null) work.turn.abort.abort();
    if (name === 'escape') return;
    if (work.turn === null && Date.now() - armed < SECOND_MS) return void end('prompt_input_exit');
    armed = Date.now();
    front.view.hint = 'Press Ctrl-C again to exit';
    front.box.set('');
  };
  const press = (key: Key): void => {
    if (front.ended) return;
    const { view, box } = front;
    if (view.dialog !== null) {
      const index = view.dialog.press(key);
      // Whoever types has seen the dialog.
      front.notifies?.refresh();
      if (index !== undefined) front.answer?.(index);
    } else if (key.kind === 'name' && (key.name === 'escape' || key.name === 'interrupt')) {
      control(key.name);
    } else {
      view.hint = '';
      if (box.press(key)) {
        const text = box.text;
        box.set('');
        if (ENDS.test(text)) return void end('prompt_input_exit');
        void enter(work, text);
      }
    }
    draw(front);
  };
  return {
    async begin(prompt) {
      draw(front);
      await start(work);
      if (prompt === null || front.ended) return;
      if (ENDS.test(prompt)) return end('prompt_input_exit');
      await submit(work, prompt);
    },
    press,
    redraw() {
      front.screen.redraw();
      draw(front);
    },
    end,
  };
}

function statusLineOf(kept: Kept, front: Front): StatusLine {
  const { cwd, model, version, settings } = kept.setting;
  const payload = () => {
    if (front.view.dialog !== null) return null;
    const { answers, spentUsd, limitEndsAt, startedAt } = kept;
    const common = commonFields(kept);
    return statusPayload({
      common,
      cwd,
      model,
      version,
      answers,
      spentUsd,
      limitEndsAt,
      startedAt,
    });
  };
  return createStatusLine(settings.statusLine, childEnv(kept), payload, (text) => {
    front.view.statusLine = text.split('\n')[0] ?? '';
    draw(front);
  });
}

async function start(work: Work): Promise<void> {
  const { resumed, model } = work.kept.setting;
  const fields = resumed ? { source: 'resume' } : { source: 'startup', model };
  await report(work, 'SessionStart', fields);
  work.statusLine.due();
  rest(work);
}

/** What is typed into the box: a prompt, a command of Claude's, or one for the shell. */
async function enter(work: Work, text: string): Promise<void> {
  const { screen } = work.front;
  if (text.startsWith('!')) return bash(work, text.slice(1));
  if (text.trim() === '/clear') return clear(work);
  const command = /^\/[\w-]+(?=\s|$)/.exec(text)?.[0];
  if (command !== undefined) return screen.print(`  Unknown command: ${command}`);
  await submit(work, text.trim());
}

/** A command of the person's own: no prompt is reported, but the end of the turn is. */
async function bash(work: Work, command: string): Promise<void> {
  const { kept, front } = work;
  const abort = new AbortController();
  work.turn = { abort, steps: [], inTool: true };
  setStatus(front, 'busy');
  const where = { cwd: kept.setting.cwd, env: childEnv(kept) };
  const { stdout, stderr } = await runShell(command, where, abort.signal);
  front.screen.print(`! ${command}\n${stdout}${stderr}`.trimEnd());
  if (!abort.signal.aborted) await stop(work, 'It ran.');
  work.turn = null;
  rest(work);
}

/** Goes on under another conversation in the same process. */
async function clear(work: Work): Promise<void> {
  const { kept, front } = work;
  await report(work, 'SessionEnd', { reason: 'clear' });
  startAnew(kept);
  work.todo = createTodos();
  front.file.rename(kept.sessionId);
  front.screen.print('(cleared)');
  await report(work, 'SessionStart', { source: 'clear' });
  rest(work);
}

async function leave(work: Work, reason: string): Promise<void> {
  const { front, statusLine, behind, turn } = work;
  clearTimeout(front.notifies);
  statusLine.stop();
  turn?.abort.abort();
  for (const pid of behind.keys()) endGroup(pid);
  front.screen.close();
  await report(work, 'SessionEnd', { reason });
  front.file.remove();
}
