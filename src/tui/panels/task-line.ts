import type { Snapshot, TaskRow } from '#app.ts';
import { DEFAULT_PRIORITY } from '#domain/task.ts';
import { statusSign } from '#format/status.ts';
import { plainLine } from '#format/text.ts';
import { type Note, needsYou, noteOf } from '#tui/attention.ts';
import { DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { cells, clip, filled } from '#tui/widgets/fit.ts';
import { type Look, type Span, type Spans, span, spread } from '#tui/widgets/line.tsx';
import { FIRST_RANK, type Mark, type MarkFacts, reviewMarks } from './review-marks.ts';

/** Cells of the longest status word there is. */
const WORD_CELLS = 'interrupted'.length;
/** In a row that is narrower, words take no more than those that are there need. */
const COMPACT_CELLS = 64;
/** From this width on a row says what Claude does. */
const WIDE_CELLS = 110;
/** A title keeps this much, as far as it is that long, before marks are left out for it. */
const TITLE_CELLS = 16;
const TITLE_SHARE = 0.5;
/** For the reason, and for how old it is, a title gives up what is beyond this. */
const LEAST_TITLE_CELLS = 12;
/** Marks that a reason leaves room for; the others take what it leaves. */
const TELLING_RANK = 2;
const STEPS_RANK = 2;
/** With fewer cells of a detail than this, the short form says more. */
const DETAIL_CELLS = 10;

export interface TaskLineOptions {
  readonly snapshot: MarkFacts & Pick<Snapshot, 'feedback' | 'spent' | 'limits' | 'gateRuns'>;
  readonly theme: Theme;
  readonly width: number;
  readonly idWidth: number;
  readonly wordWidth: number;
  readonly selected: boolean;
  readonly focused: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** One row of the queue: marker, status, number, title; at the right what it asks or waits for, steps, checks, pull request. */
export function taskLine(task: TaskRow, options: TaskLineOptions): Spans {
  const { theme, width, idWidth, wordWidth, selected, focused } = options;
  const quiet = task.status === 'done';
  const sign = statusSign(task.status);
  const statusLook: Look = quiet ? DIM : theme.status(task.status);
  const wordCells = width < COMPACT_CELLS ? wordWidth : WORD_CELLS;
  const head = [
    span(
      selected ? `${GLYPHS.selected} ` : '  ',
      focused ? theme.look('selection_indicator') : DIM,
    ),
    span(`${sign.symbol} ${filled(sign.label, wordCells)} `, statusLook),
    span(`${filled(`#${task.id}`, idWidth)} `, DIM),
    ...priorityOf(task, theme),
  ];
  const room = width - head.reduce((sum, each) => sum + cells(each.text), 0);
  const text = plainLine(task.title);
  const kept = Math.max(TITLE_CELLS, Math.floor(room * TITLE_SHARE));
  const title = span(text, quiet ? DIM : selected ? { bold: true } : {});
  const left = room - Math.min(kept, cells(text));
  const most = Math.max(left, room - LEAST_TITLE_CELLS);
  return spread([...head, title], marks(task, options, { left, most }), width);
}

/** Only a priority that somebody chose is worth the cells, and of a task that is done it says nothing any more. */
function priorityOf({ priority, status }: TaskRow, theme: Theme): Span[] {
  if (priority === DEFAULT_PRIORITY || status === 'done') return [];
  return [span(`P${priority} `, priority < DEFAULT_PRIORITY ? theme.look('warning') : DIM)];
}

/** Cells for what stands beside the title: as it is given its share, and at the most. */
interface MarkRoom {
  readonly left: number;
  readonly most: number;
}

/** The marks that fit: the reason first, then the most telling ones, each in its place. */
function marks(task: TaskRow, options: TaskLineOptions, { left, most }: MarkRoom): Span[] {
  const { snapshot, theme, now } = options;
  const note = noteOf(task, snapshot, now) ?? doingOf(task, options);
  const said = note?.kind ?? null;
  const facts = [stepsOf(task), ...reviewMarks(task, { ...options, said })];
  const telling = facts.filter(({ rank }) => rank <= TELLING_RANK);
  const tellingCells = telling.reduce((sum, fact) => sum + cells(fact.span.text), 0);
  const before = needsYou(task, snapshot) ? `${GLYPHS.needsYou} ` : '';
  const sign = `  ${before || (note?.sign === undefined ? '' : `${note.sign} `)}`;
  const taken = cells(sign);
  const shown = note === null ? '' : noteIn(note, left - tellingCells - taken, most - taken);
  const noteCells = shown === '' ? 0 : cells(shown) + taken;
  const kept = new Map<Mark, Span>();
  let used = noteCells;
  for (const fact of facts.toSorted((a, b) => a.rank - b.rank)) {
    const room = (fact.rank === FIRST_RANK ? most : left) - used;
    const fits = [fact.span, fact.brief].find((each) => each && cells(each.text) <= room);
    if (fits === undefined || fits.text === '' || shown.endsWith(fits.text.trim())) continue;
    kept.set(fact, fits);
    used += cells(fits.text);
  }
  return [
    ...(shown === '' ? [] : [span(`${sign}${shown}`, note?.asks ? theme.look('warning') : DIM)]),
    ...facts.flatMap((fact) => kept.get(fact) ?? []),
  ];
}

/** What Claude does right now, in rows that are wide enough to say it beside the title. */
function doingOf({ id }: TaskRow, { snapshot, width }: TaskLineOptions): Note | null {
  if (width < WIDE_CELLS || snapshot.sessions.get(id)?.activity.name !== 'working') return null;
  const text = snapshot.progress.get(id)?.doing?.text;
  return text === undefined ? null : { text, short: '', asks: false };
}

/**
 * As much of the note as fits beside the other marks; in its short form even where it leaves no room for them: reasons come first. Cut is
 * only what begins with its short form, so that no phrase ends in its middle.
 */
function noteIn({ text, short, sign }: Note, beside: number, alone: number): string {
  const [full, brief] = [plainLine(text), plainLine(short)];
  if (cells(full) <= beside) return full;
  const goesOn = sign === undefined && full !== brief && full.startsWith(brief);
  if (goesOn && cells(brief) + DETAIL_CELLS <= beside) return clip(full, beside);
  if (cells(brief) <= alone) return brief;
  return alone < DETAIL_CELLS ? '' : clip(brief, alone);
}

function stepsOf(task: TaskRow): Mark {
  const text = task.subtasks === 0 ? '' : `  (${task.subtasksDone}/${task.subtasks})`;
  return { rank: STEPS_RANK, span: span(text, DIM) };
}
