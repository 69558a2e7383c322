import type { Snapshot } from '#app.ts';
import type { Question } from '#domain/claude/request.ts';
import { plainLine } from '#format/text.ts';
import { BOLD, DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { wrap } from '#tui/widgets/fit.ts';
import { type Spans, span } from '#tui/widgets/line.tsx';
import type { Picks } from './picks.ts';
import { offersAlways, type WaitingRow } from './rows.ts';

/** Sessions of a row that are named one by one. */
const NAMED = 6;
/** A plan or a file of any length is asked in at most this many characters; laid out are no more lines than this. */
const LINES = 1_000;

/** Everything about a row, in lines of at most `width` cells. */
export function detailLines(
  row: WaitingRow,
  { projects, pullRequests }: Snapshot,
  picks: Picks,
  width: number,
  theme: Theme,
): Spans[] {
  const names = new Map(projects.map(({ id, name }) => [id, name]));
  const lines: Spans[] = row.tasks.slice(0, NAMED).map(({ id, title, projectId }) => {
    const place = names.get(projectId) ?? '?';
    return [span(`#${id} ${plainLine(title)}`, BOLD), span(`  ${plainLine(place)}`, DIM)];
  });
  if (row.tasks.length > NAMED) lines.push([span(`and ${row.tasks.length - NAMED} more`, DIM)]);
  if (row.over) lines.push([span('It does not wait any more.', theme.look('good'))]);
  lines.push([]);
  const [request] = row.requests;
  if (request === undefined) {
    lines.push(...plain(row.text, width));
    for (const { id } of row.tasks) {
      const url = pullRequests.get(id)?.url;
      if (url !== undefined) lines.push(...plain(url, width));
    }
  } else if (request.kind === 'question') {
    for (const [index, question] of request.questions.entries()) {
      lines.push(...questionLines(question, picks, index, width, theme));
    }
  } else lines.push(...plain(request.body === '' ? row.text : request.body, width));
  if (row.yes !== null && offersAlways(row)) {
    const words = `A allows for the rest of the session: ${request?.always ?? ''}`;
    lines.push([], ...wrap(plainLine(words), width, 3).map((line) => [span(line, DIM)]));
  }
  if (row.yes === null && !row.over) {
    lines.push([], [span(wayOut(row), DIM)]);
  }
  return lines;
}

function plain(text: string, width: number): Spans[] {
  return wrap(text, width, LINES).map((line) => [span(line)]);
}

function wayOut({ kind, requests }: WaitingRow): string {
  const asks = requests.length > 0 || ['permission', 'question', 'plan'].includes(kind);
  return asks ? 'Only its session can be answered: Enter goes there.' : 'Enter goes there.';
}

/** The question that is asked now with its options; of the others a line, so that it stays in view. */
function questionLines(
  { question, options, multiSelect }: Question,
  { chosen, at }: Picks,
  index: number,
  width: number,
  theme: Theme,
): Spans[] {
  const picked = chosen[index] ?? [];
  if (index !== at) {
    const labels = picked.map((number) => options[number - 1]?.label ?? '').join(', ');
    const sign = span(`${picked.length > 0 ? GLYPHS.done : ' '} `, theme.look('good'));
    const answer = span(labels === '' ? '' : `  ${plainLine(labels)}`, theme.look('good'));
    return [[sign, span(plainLine(question), DIM), answer]];
  }
  const lines: Spans[] = wrap(question, width - 2, 6).map((text, row) => [
    span(row === 0 ? `${GLYPHS.selected} ` : '  ', theme.look('accent')),
    span(text, BOLD),
  ]);
  if (multiSelect) lines.push([span('  Several can be chosen; y sends them.', DIM)]);
  options.forEach(({ label, description }, place) => {
    const on = picked.includes(place + 1);
    const words = [label, description].filter((each) => each !== '').join(': ');
    wrap(plainLine(words), width - 7, 3).forEach((text, row) => {
      const head = row === 0 ? `  ${on ? GLYPHS.done : ' '} ${place + 1}. ` : '       ';
      lines.push([span(head, theme.look('accent')), span(text, on ? theme.look('good') : {})]);
    });
  });
  return lines;
}
