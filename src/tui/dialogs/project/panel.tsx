import type { DialogProps } from '#tui/dialogs/kind.ts';
import { BOLD, DIM } from '#tui/theme.ts';
import { filled, wrap } from '#tui/widgets/fit.ts';
import { type Spans, span } from '#tui/widgets/line.tsx';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';
import { textField } from '#tui/widgets/text-field.ts';
import type { ProjectForm } from './form.ts';

const LABEL_CELLS = 8;

export function ProjectFormPanel({ dialog: form, theme, area }: DialogProps<ProjectForm>) {
  const width = insideWidth(area.width);
  const line = (field: 'name' | 'path', label: string, placeholder: string): Spans => {
    const focused = form.field === field;
    return [
      span(filled(label, LABEL_CELLS), focused ? { ...theme.look('accent'), bold: true } : DIM),
      ...textField(form[field], focused, placeholder, width - LABEL_CELLS),
    ];
  };
  const refusal = form.refusal === null ? [] : wrap(form.refusal, width, 6);
  return (
    <Panel
      title="Add a project"
      width={area.width}
      height={area.height}
      border={theme.look('focused')}
      titleLook={BOLD}
      lines={[
        line('name', 'Name', 'what it is called here'),
        line('path', 'Path', '. (where claustre was started)'),
        [],
        ...(refusal.length > 0
          ? refusal.map((text) => [span(text, theme.look('warning'))])
          : wrap('A git repository on this machine. Nothing in it is changed.', width, 3).map(
              (text) => [span(text, DIM)],
            )),
      ]}
    />
  );
}
