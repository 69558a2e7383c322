import { type Box, createBox } from './box.ts';
import { type Dialog, openDialog } from './dialog.ts';
import type { Screen, Terminal } from './screen.ts';
import type { SessionsFile, Status } from './sessions-file.ts';
import { drawView, type View } from './view.ts';

/** What a person sees and what others read of the state: the screen, the box, an open dialog, Claude's sessions file. */
export interface Front {
  readonly screen: Screen;
  readonly terminal: Terminal;
  readonly file: SessionsFile;
  readonly box: Box;
  readonly view: View;
  /** Takes the answer to the open dialog. */
  answer: ((index: number | null | undefined) => void) | null;
  /** The report that somebody is waited for. */
  notifies: NodeJS.Timeout | undefined;
  ended: boolean;
}

export function createFront(screen: Screen, terminal: Terminal, file: SessionsFile): Front {
  return {
    screen,
    terminal,
    file,
    box: createBox(),
    view: { draft: '', dialog: null, busySince: null, queued: 0, hint: '', statusLine: '' },
    answer: null,
    notifies: undefined,
    ended: false,
  };
}

export function draw(front: Front): void {
  if (front.ended) return;
  front.view.draft = front.box.text;
  drawView(front.screen, front.terminal, front.view);
}

export function setStatus(front: Front, status: Status, waitingFor?: string): void {
  if (front.ended) return;
  const { view, file, screen } = front;
  file.set(status, waitingFor);
  screen.setTitle(`${status === 'busy' ? '⠂' : '✳'} stand-in`);
  if (status === 'busy') view.busySince ??= Date.now();
  else if (status !== 'waiting') view.busySince = null;
  draw(front);
}

export function notifyAfter(front: Front, ms: number, notify: () => void): void {
  clearTimeout(front.notifies);
  if (!front.ended) front.notifies = setTimeout(notify, ms);
}

/** Opens a dialog and waits for its answer: an index, null when it was cancelled, undefined when `closed` aborted. */
export async function choose(
  front: Front,
  dialog: Dialog,
  waitingFor: string,
  closed?: AbortSignal,
): Promise<number | null | undefined> {
  front.view.dialog = openDialog(dialog);
  setStatus(front, 'waiting', waitingFor);
  const index = await new Promise<number | null | undefined>((done) => {
    front.answer = done;
    closed?.addEventListener('abort', () => done(undefined));
  });
  front.answer = null;
  front.view.dialog = null;
  clearTimeout(front.notifies);
  draw(front);
  return index;
}
