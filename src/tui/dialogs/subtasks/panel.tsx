import type { SubtasksDialog } from '#tui/dialogs/dialog.ts';
import { itemLines } from '#tui/dialogs/item-lines.ts';
import type { DialogProps } from '#tui/dialogs/kind.ts';
import { BOLD, DIM } from '#tui/theme.ts';
import { wrap } from '#tui/widgets/fit.ts';
import { span } from '#tui/widgets/line.tsx';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';

export function SubtasksPanel({ dialog, theme, area }: DialogProps<SubtasksDialog>) {
  const width = insideWidth(area.width);
  const { items } = dialog.list;
  const why = dialog.refusal === null ? [] : ['', ...wrap(dialog.refusal, width, 3)];
  return (
    <Panel
      title={`Subtasks of #${dialog.taskId}`}
      note={
        items.length === 0 ? '' : `${items.filter(({ done }) => done).length}/${items.length} done`
      }
      width={area.width}
      height={area.height}
      border={theme.look('border_focused')}
      titleLook={BOLD}
      lines={[
        ...itemLines(dialog.list, true, theme, width, Math.max(1, area.height - 4 - why.length)),
        ...why.map((line) => [span(line, DIM)]),
      ]}
    />
  );
}
