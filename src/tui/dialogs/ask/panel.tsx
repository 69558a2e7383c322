import type { AskDialog } from '#tui/dialogs/dialog.ts';
import type { DialogProps } from '#tui/dialogs/kind.ts';
import { BOLD, DIM } from '#tui/theme.ts';
import { wrap } from '#tui/widgets/fit.ts';
import { span } from '#tui/widgets/line.tsx';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';
import { textRows } from '#tui/widgets/text-field.ts';

/** One thing to say before something is done. */
export function AskPanel({ dialog, theme, area }: DialogProps<AskDialog>) {
  const width = insideWidth(area.width);
  const below =
    dialog.refusal === null
      ? wrap(dialog.about, width, 3).map((text) => [span(text, DIM)])
      : wrap(dialog.refusal, width, 3).map((text) => [span(text, theme.look('warning'))]);
  const room = dialog.multiline ? Math.max(1, area.height - 3 - below.length) : 1;
  return (
    <Panel
      title={dialog.title}
      width={area.width}
      height={area.height}
      border={theme.look('focused')}
      titleLook={BOLD}
      lines={[...textRows(dialog.text, width, room, true), [], ...below]}
    />
  );
}
