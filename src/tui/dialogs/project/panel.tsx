import { inSentences, isRefusal } from '#domain/error.ts';
import { plainLine } from '#format/text.ts';
import type { BranchFinding } from '#operations/project/check-branches.ts';
import { findingSpans } from '#tui/dialogs/finding.ts';
import type { DialogProps } from '#tui/dialogs/kind.ts';
import { BOLD, DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { fieldLabel } from '#tui/widgets/field-label.ts';
import { wrap } from '#tui/widgets/fit.ts';
import { type Spans, span } from '#tui/widgets/line.tsx';
import { windowTop } from '#tui/widgets/list-window.ts';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';
import { textField } from '#tui/widgets/text-field.ts';
import { lookOf, nameOf, type Offers, openOffers, type ProjectForm } from './form.ts';

const LABEL_CELLS = 8;
const FOLDER_ROWS = 8;

export function ProjectFormPanel({
  dialog: form,
  snapshot,
  theme,
  area,
}: DialogProps<ProjectForm>) {
  const width = insideWidth(area.width);
  const line = (field: 'name' | 'path', label: string, placeholder: string): Spans => {
    const focused = form.field === field;
    return [
      fieldLabel(label, LABEL_CELLS, focused, theme),
      ...textField(form[field], focused, placeholder, width - LABEL_CELLS),
    ];
  };
  const name = nameOf(form);
  const taken = snapshot.projects.some((project) => project.name === name);
  const nameFinding: BranchFinding | null =
    taken && name !== '' ? { tone: 'warning', text: 'there is a project of that name' } : null;
  const offers = openOffers(form);
  const room = Math.max(1, Math.min(FOLDER_ROWS, area.height - 7));
  return (
    <Panel
      title="Add a project"
      width={area.width}
      height={area.height}
      border={theme.look('form_border_project')}
      titleLook={BOLD}
      lines={[
        [
          ...line('name', 'Name', name === '' ? 'what it is called here' : name),
          ...findingSpans(nameFinding, theme),
        ],
        line('path', 'Path', placeholderOf(form)),
        ...(offers === null ? [] : folderLines(offers, theme, room)),
        [],
        ...underneath(form, theme, width),
      ]}
    />
  );
}

/** What an empty path means; where that is no repository, what is wanted. */
function placeholderOf(form: ProjectForm): string {
  const look = lookOf(form);
  return look !== null && isRefusal(look)
    ? 'the folder of a git repository'
    : '. (where claustre was started)';
}

/** The folders that the path could mean, below it. */
function folderLines(offers: Offers, theme: Theme, room: number): Spans[] {
  const { folders, selected } = offers;
  const top = windowTop(0, selected ?? 0, folders.length, room);
  const rows: Spans[] = folders.slice(top, top + room).map(({ name, isRepository }, index) => {
    const chosen = top + index === selected;
    return [
      span(' '.repeat(LABEL_CELLS)),
      span(chosen ? `${GLYPHS.selected} ` : '  ', theme.look('accent')),
      span(`${plainLine(name)}/`, chosen ? BOLD : {}),
      span(isRepository ? `  ${GLYPHS.current} git` : '', theme.look('good')),
    ];
  });
  const more = folders.length - top - rows.length + offers.more;
  return more > 0 ? [...rows, [span(`${' '.repeat(LABEL_CELLS + 2)}+${more} more`, DIM)]] : rows;
}

/** Why it was not added, else what is at the path. */
function underneath(form: ProjectForm, theme: Theme, width: number): Spans[] {
  const look = lookOf(form);
  const warn = (text: string): Spans[] =>
    wrap(text, width, 6).map((each) => [span(each, theme.look('warning'))]);
  if (form.refusal !== null) return warn(form.refusal);
  if (form.offers?.nowhere && form.offers.text === form.path.text) {
    return warn('! There is no such folder to look into.');
  }
  // Where nothing was typed yet, nothing is wrong yet.
  const untouched = form.path.text === '' && form.name.text === '';
  if (look === null || (untouched && isRefusal(look))) {
    const words = 'A git repository on this machine. Nothing in it is changed.';
    return wrap(words, width, 3).map((text) => [span(text, DIM)]);
  }
  // A path that is still being typed is no mistake.
  if (isRefusal(look)) {
    if (openOffers(form) !== null) return [];
    return warn(`! ${inSentences(look)}`);
  }
  const remote =
    look.remote === null
      ? 'no remote'
      : `remote ${look.remote}${look.forge === null ? '' : ` (${look.forge.repository})`}`;
  return wrap(
    `✓ ${plainLine(look.path)}, ${remote}, base branch ${look.defaultBranch}`,
    width,
    4,
  ).map((text) => [span(text, theme.look('good'))]);
}
