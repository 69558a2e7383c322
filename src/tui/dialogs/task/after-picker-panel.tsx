import type { Until } from '#domain/dependency.ts';
import { statusSign } from '#format/status.ts';
import { plainLine } from '#format/text.ts';
import type { Area } from '#tui/layout.ts';
import { BOLD, DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { type Spans, span, spread } from '#tui/widgets/line.tsx';
import { windowTop } from '#tui/widgets/list-window.ts';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';
import { textField } from '#tui/widgets/text-field.ts';
import { type AfterPicker, chosenIn, shownTasks } from './after-picker.ts';
import type { TaskForm } from './form.ts';

const UNTIL_WORDS: Record<Until, string> = {
  done: 'until it is done',
  merged: 'until it is merged',
  pr_green: 'when green, on its branch',
};

interface Props {
  form: TaskForm;
  picker: AfterPicker;
  theme: Theme;
  area: Area;
}

/** The tasks that a task can wait for; typing narrows them down. */
export function AfterPickerPanel({ form, picker, theme, area }: Props) {
  const width = insideWidth(area.width);
  const shown = shownTasks(picker);
  const room = Math.max(1, area.height - 4);
  const top = windowTop(0, picker.selected, shown.length, room);
  const chosen = new Map(chosenIn(form).map(({ id, until }) => [id, until]));
  const rows: Spans[] = shown.slice(top, top + room).map(({ id, title, status }, index) => {
    const isSelected = top + index === picker.selected;
    const until = chosen.get(id);
    const left = [
      span(isSelected ? `${GLYPHS.selected} ` : '  ', theme.look('accent')),
      span(until === undefined ? `${GLYPHS.notChosen} ` : `${GLYPHS.current} `),
      span(`#${id} `, DIM),
      span(`${statusSign(status).symbol} `, theme.status(status)),
      span(plainLine(title), isSelected ? BOLD : {}),
    ];
    const right = until === undefined ? '' : `  ${UNTIL_WORDS[until]}`;
    return spread(left, [span(right, theme.look('accent'))], width);
  });
  const hint = 'type to find, Enter chooses, ←→ until when, Esc goes back';
  return (
    <Panel
      title="Wait for"
      note={`${chosen.size} chosen`}
      width={area.width}
      height={area.height}
      border={theme.look('focused')}
      titleLook={BOLD}
      lines={[
        [span('/ ', theme.look('accent')), ...textField(picker.filter, true, hint, width - 2)],
        [],
        ...(rows.length === 0 ? [[span('There is no such task to wait for.', DIM)]] : rows),
      ]}
    />
  );
}
