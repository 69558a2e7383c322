import { keyLabel } from '#format/key.ts';
import { plainLine } from '#format/text.ts';
import type { PaletteDialog } from '#tui/dialogs/dialog.ts';
import type { DialogProps } from '#tui/dialogs/kind.ts';
import { BOLD, DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { selectedTask } from '#tui/view.ts';
import { type Spans, span, spread } from '#tui/widgets/line.tsx';
import { windowTop } from '#tui/widgets/list-window.ts';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';
import { textField } from '#tui/widgets/text-field.ts';
import { foundCommands, type PaletteCommand } from './commands.ts';

/** Every command, with its key, and with the reason where it cannot be done now. */
export function PalettePanel(props: DialogProps<PaletteDialog>) {
  const { dialog, snapshot, view, keymap, theme, area } = props;
  const width = insideWidth(area.width);
  const found = foundCommands(keymap, snapshot, view, dialog.filter.text);
  const task = selectedTask(snapshot, view);
  const room = Math.max(1, area.height - 4);
  const selected = Math.min(dialog.selected, Math.max(0, found.length - 1));
  const top = windowTop(0, selected, found.length, room);
  const rows = found
    .slice(top, top + room)
    .map((command, index) => commandLine(command, top + index === selected, theme, width));
  return (
    <Panel
      title={task === null ? 'Commands' : `Commands for #${task.id} ${plainLine(task.title)}`}
      note={found.length > room ? `${selected + 1}/${found.length}` : ''}
      width={area.width}
      height={area.height}
      border={theme.look('focused')}
      titleLook={BOLD}
      lines={[
        [
          span(': ', theme.look('accent')),
          ...textField(dialog.filter, true, 'type to find a command', width - 2),
        ],
        [],
        ...(rows.length === 0 ? [[span('No command for that.', DIM)]] : rows),
      ]}
    />
  );
}

function commandLine(
  { label, keys, refusal }: PaletteCommand,
  chosen: boolean,
  theme: Theme,
  width: number,
): Spans {
  const [key] = keys;
  const shown = key === undefined ? '' : ` ${keyLabel(key)}`;
  const marker = span(chosen ? `${GLYPHS.selected} ` : '  ', theme.look('accent'));
  if (refusal !== undefined) {
    const reason = span(`  ${plainLine(refusal.reason)}`, chosen ? theme.look('warning') : DIM);
    return spread([marker, span(label, DIM), reason], [span(shown, DIM)], width);
  }
  return spread(
    [marker, span(label, chosen ? BOLD : {})],
    [span(shown, theme.look('accent'))],
    width,
  );
}
