import type { ConfirmDialog } from '#tui/dialogs/dialog.ts';
import type { DialogProps } from '#tui/dialogs/kind.ts';
import { BOLD } from '#tui/theme.ts';
import { wrap } from '#tui/widgets/fit.ts';
import { span } from '#tui/widgets/line.tsx';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';

/** The question stands where the session was, so that the row that it is about stays in view. */
export function ConfirmPanel({ dialog, theme, area }: DialogProps<ConfirmDialog>) {
  const width = insideWidth(area.width);
  const accent = { ...theme.look('accent'), bold: true };
  const question = wrap(dialog.question, width, Math.max(1, area.height - 4));
  return (
    <Panel
      title="Sure?"
      width={area.width}
      height={area.height}
      border={theme.look('accent_tertiary')}
      titleLook={{ ...theme.look('accent_tertiary'), bold: true }}
      lines={[
        ...question.map((line) => [span(line, BOLD)]),
        [],
        [span('y', accent), span(' yes    '), span('n', accent), span(' no')],
      ]}
    />
  );
}
