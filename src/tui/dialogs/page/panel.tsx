import { useMemo } from 'react';
import type { PageDialog } from '#tui/dialogs/dialog.ts';
import type { DialogProps } from '#tui/dialogs/kind.ts';
import { firstRow, placeNote } from '#tui/dialogs/scroll.ts';
import { BOLD, DIM } from '#tui/theme.ts';
import { wrap } from '#tui/widgets/fit.ts';
import { span } from '#tui/widgets/line.tsx';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';

const MOST_LINES = 5_000;

/** What a command answered, in as many lines as it has. */
export function PagePanel({ dialog, theme, area }: DialogProps<PageDialog>) {
  const width = insideWidth(area.width);
  const rows = useMemo(() => wrap(dialog.text.trimEnd(), width, MOST_LINES), [dialog.text, width]);
  const room = Math.max(1, area.height - 2);
  const top = firstRow(dialog, rows.length, room);
  return (
    <Panel
      title={dialog.title}
      note={placeNote(top, rows.length, room)}
      width={area.width}
      height={area.height}
      border={theme.look('focused')}
      titleLook={BOLD}
      lines={
        dialog.text.trim() === ''
          ? [[span('(empty)', DIM)]]
          : rows.slice(top, top + room).map((row) => [span(row)])
      }
    />
  );
}
