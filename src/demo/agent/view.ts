import { drawBox } from './box.ts';
import type { OpenDialog } from './dialog.ts';
import type { Screen, Terminal } from './screen.ts';

/** Everything that stands below the conversation. */
export interface View {
  draft: string;
  dialog: OpenDialog | null;
  /** Milliseconds since 1970; null at the prompt. */
  busySince: number | null;
  queued: number;
  hint: string;
  statusLine: string;
}

export function drawView(screen: Screen, terminal: Terminal, view: View): void {
  if (view.dialog !== null) {
    const { lines } = view.dialog;
    screen.setBelow(['', ...lines], { line: lines.length, column: 0 });
    return;
  }
  const above = [''];
  if (view.busySince !== null) {
    const seconds = Math.floor((Date.now() - view.busySince) / 1000);
    above.push(`✻ Working… (${seconds}s · esc to interrupt)`, '');
  }
  if (view.queued > 0) above.push(`  ${view.queued} queued`);
  const box = drawBox(view.draft, terminal.columns());
  const below = [view.statusLine, view.hint]
    .filter((line) => line !== '')
    .map((line) => `  ${line}`);
  screen.setBelow([...above, ...box.lines, ...below], {
    line: above.length + box.cursor.line,
    column: box.cursor.column,
  });
}
