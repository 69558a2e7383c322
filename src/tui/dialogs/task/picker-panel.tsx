import { plainLine } from '#format/text.ts';
import type { Area } from '#tui/layout.ts';
import { BOLD, DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { filled } from '#tui/widgets/fit.ts';
import { type Spans, span } from '#tui/widgets/line.tsx';
import { windowTop } from '#tui/widgets/list-window.ts';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';
import { textField } from '#tui/widgets/text-field.ts';
import { shownTemplates, type TemplatePicker } from './template-picker.ts';

const NAME_CELLS = 24;

interface Props {
  picker: TemplatePicker;
  theme: Theme;
  area: Area;
}

/** The templates, with how their prompts begin; typing narrows them down. */
export function PickerPanel({ picker, theme, area }: Props) {
  const width = insideWidth(area.width);
  const shown = shownTemplates(picker);
  const room = Math.max(1, area.height - 4);
  const top = windowTop(0, picker.selected, shown.length, room);
  const names = Math.min(NAME_CELLS, Math.floor(width / 3));
  const rows: Spans[] = shown.slice(top, top + room).map(({ name, prompt }, index) => {
    const chosen = top + index === picker.selected;
    return [
      span(chosen ? `${GLYPHS.selected} ` : '  ', theme.look('accent')),
      span(filled(plainLine(name), names), chosen ? BOLD : {}),
      span(`  ${plainLine(prompt ?? '')}`, DIM),
    ];
  });
  return (
    <Panel
      title="Templates"
      note={`${shown.length}/${picker.templates.length}`}
      width={area.width}
      height={area.height}
      border={theme.look('focused')}
      titleLook={BOLD}
      lines={[
        [
          span('/ ', theme.look('accent')),
          ...textField(
            picker.filter,
            true,
            'type to find, Enter takes it, Esc goes back',
            width - 2,
          ),
        ],
        [],
        ...(rows.length === 0 ? [[span('No template for that.', DIM)]] : rows),
      ]}
    />
  );
}
