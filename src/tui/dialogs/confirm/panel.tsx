import type { ConfirmDialog } from '#tui/dialogs/dialog.ts';
import type { DialogProps } from '#tui/dialogs/kind.ts';
import { type Area, insideHeight } from '#tui/layout.ts';
import { BOLD } from '#tui/theme.ts';
import { wrap } from '#tui/widgets/fit.ts';
import { span } from '#tui/widgets/line.tsx';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';

/** The keys with a blank row above them. */
const KEY_ROWS = 2;

/** Whether the whole question can stand in the area. */
export function hasRoom({ question }: ConfirmDialog, area: Area): boolean {
  return wrap(question, insideWidth(area.width)).length + KEY_ROWS <= insideHeight(area);
}

/** The question stands where the session was, so that the row that it is about stays in view; a long one takes that row's place, too. */
export function ConfirmPanel({ dialog, theme, area }: DialogProps<ConfirmDialog>) {
  const width = insideWidth(area.width);
  const accent = { ...theme.look('accent'), bold: true };
  const keys = [[], [span('y', accent), span(' yes    '), span('n', accent), span(' no')]];
  // The last row of the screen has the keys, too.
  const shownKeys = hasRoom(dialog, area) ? keys : [];
  const question = wrap(dialog.question, width, Math.max(1, insideHeight(area)));
  return (
    <Panel
      title="Sure?"
      width={area.width}
      height={area.height}
      border={theme.look('accent_tertiary')}
      titleLook={{ ...theme.look('accent_tertiary'), bold: true }}
      lines={[...question.map((line) => [span(line, BOLD)]), ...shownKeys]}
    />
  );
}
