import type { Snapshot, TaskRow } from '#app.ts';
import { checkSign, statusSign } from '#format/status.ts';
import { plainLine } from '#format/text.ts';
import { noteOf } from '#tui/attention.ts';
import { DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { cells, clip, filled } from '#tui/widgets/fit.ts';
import { type Look, type Span, type Spans, span, spread } from '#tui/widgets/line.tsx';

/** Cells of the longest status word. */
const WORD_CELLS = 'interrupted'.length;
/** A title keeps this much before marks are left out for it. */
const TITLE_CELLS = 18;
const TITLE_SHARE = 0.35;

export interface TaskLineOptions {
  readonly snapshot: Pick<Snapshot, 'sessions' | 'pullRequests'>;
  readonly theme: Theme;
  readonly width: number;
  readonly idWidth: number;
  readonly selected: boolean;
  readonly focused: boolean;
}

/** One row of the queue: marker, status, number, title; at the right what it asks or waits for, steps, checks, pull request. */
export function taskLine(task: TaskRow, options: TaskLineOptions): Spans {
  const { theme, width, idWidth, selected, focused } = options;
  const quiet = task.status === 'done';
  const sign = statusSign(task.status);
  const statusLook: Look = quiet ? DIM : theme.status(task.status);
  const head = [
    span(selected ? `${GLYPHS.selected} ` : '  ', focused ? theme.look('accent') : DIM),
    span(`${sign.symbol} ${filled(sign.label, WORD_CELLS)} `, statusLook),
    span(`${filled(`#${task.id}`, idWidth)} `, DIM),
  ];
  const used = 2 + 2 + WORD_CELLS + 1 + idWidth + 1;
  const title = span(plainLine(task.title), quiet ? DIM : selected ? { bold: true } : {});
  const titleCells = Math.max(TITLE_CELLS, Math.floor(width * TITLE_SHARE));
  return spread([...head, title], marks(task, options, width - used - titleCells), width);
}

/** The marks that fit, the most telling first to be kept. */
function marks(task: TaskRow, options: TaskLineOptions, room: number): Span[] {
  const { snapshot, theme } = options;
  const note = noteOf(task, snapshot);
  const facts = [stepsOf(task), ...pullRequestOf(task, options)];
  let left = room;
  const kept: Span[] = [];
  // What Claude asks comes before everything else, but leaves room for the short facts.
  const noteText = note === null ? '' : plainLine(note.text);
  const factCells = facts.reduce((sum, fact) => sum + cells(fact.text), 0);
  const noteRoom = Math.max(Math.min(left, 14), left - factCells) - 2;
  const shown = noteRoom < 4 ? '' : clip(noteText, noteRoom);
  if (shown !== '') {
    kept.push(span(`  ${shown}`, note?.asks ? theme.look('warning') : DIM));
    left -= cells(shown) + 2;
  }
  for (const fact of facts) {
    if (fact.text === '' || cells(fact.text) > left) continue;
    kept.push(fact);
    left -= cells(fact.text);
  }
  return kept;
}

function stepsOf(task: TaskRow): Span {
  return span(task.subtasks === 0 ? '' : `  (${task.subtasksDone}/${task.subtasks})`, DIM);
}

function pullRequestOf(task: TaskRow, { snapshot, theme }: TaskLineOptions): Span[] {
  const known = snapshot.pullRequests.get(task.id);
  if (known === undefined) return [];
  const quiet = task.status === 'done' || known.staleReason !== null;
  const number = span(`  PR #${known.number}`, quiet ? DIM : theme.look('info'));
  if (known.checks === null || known.checks === 'none') return [number];
  const checks = span(
    `  ${checkSign(known.checks).symbol} CI`,
    quiet ? DIM : theme.checks(known.checks),
  );
  return [checks, number];
}
