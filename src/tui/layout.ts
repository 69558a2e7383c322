import type { Focus } from './view.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Cells of the screen, counted from 0. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function sameArea(one: Area | null, other: Area | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.x === other.x &&
    one.y === other.y &&
    one.width === other.width &&
    one.height === other.height
  );
}

/** Whether a cell of the screen lies in the area. */
export function isInside({ x, y, width, height }: Area, column: number, row: number): boolean {
  return column >= x && column < x + width && row >= y && row < y + height;
}

/** Where everything stands. It depends on the size and, where there is room for one panel only, on the focus; on nothing that changes by itself. */
export interface Layout {
  /** One column, in which the focused panel has all the room. */
  readonly narrow: boolean;
  readonly projects: Area | null;
  readonly statistics: Area | null;
  readonly usage: Area | null;
  /** The row of the open sessions. */
  readonly tabs: Area | null;
  readonly tasks: Area | null;
  readonly session: Area | null;
  /** Where forms, help and details open. */
  readonly stage: Area;
  /** All between the title and the status line, for what needs every column. */
  readonly whole: Area;
  /** Where a question opens, so that what it is about stays visible where there is room. */
  readonly question: Area;
}

export const MIN_COLUMNS = 40;
export const MIN_ROWS = 12;

/** Rows that are always there: the title, the status line and the hints. */
const TITLE_ROWS = 1;
const BOTTOM_ROWS = 2;
/** Below this two columns would leave titles too little room. */
const TWO_COLUMNS_FROM = 72;
const USAGE_ROWS = 4;
/** Rows of a question that shares its column. */
const QUESTION_ROWS = 8;
/** Rows of facts above the picture in the session panel, and in one that is so low that the picture needs each of them. */
export const FACT_ROWS = 5;
const LOW_FACT_ROWS = 4;
const LOW_BELOW = 14;
const RULE_ROWS = 1;
const STATISTICS_ROWS = 7;
/** With fewer rows the list of projects would get too short for them. */
const STATISTICS_FROM = 28;

/** Rows of the queue while somebody types into a pane, which needs the others; with fewer rows in all it has none. */
const TYPING_QUEUE_ROWS = 7;
const TYPING_QUEUE_FROM = 24;
/** With fewer rows than this the row of tabs would be missed by the panels. */
const TABS_FROM_ROWS = 24;

/**
 * Null when the terminal is too small for anything but a sentence. `withTabs`: whether there are sessions to show tabs of. While somebody
 * is `typing` into the pane of a session, its panel has most of the room.
 */
export function layOutDashboard(
  { columns, rows }: Size,
  focus: Focus,
  withTabs = false,
  typing = false,
): Layout | null {
  if (columns < MIN_COLUMNS || rows < MIN_ROWS) return null;
  const hasTabs = withTabs && rows >= TABS_FROM_ROWS && columns >= TWO_COLUMNS_FROM;
  const y = TITLE_ROWS + (hasTabs ? 1 : 0);
  const height = rows - y - BOTTOM_ROWS;
  if (columns < TWO_COLUMNS_FROM) return oneColumn(columns, y, height, focus);

  const left = Math.max(24, Math.min(46, Math.round(columns * 0.3)));
  const width = columns - left;
  const upper = upperHeight(height, typing);
  const stage = { x: left, y, width, height };
  const session = { x: left, y: y + upper, width, height: height - upper };
  const usageRows = height >= 14 ? USAGE_ROWS : 0;
  const statisticsRows = height >= STATISTICS_FROM ? STATISTICS_ROWS : 0;
  const projectRows = height - usageRows - statisticsRows;
  const below = (from: number, rows: number): Area | null =>
    rows === 0 ? null : { x: 0, y: y + from, width: left, height: rows };
  return {
    narrow: false,
    tabs: hasTabs ? { x: 0, y: TITLE_ROWS, width: columns, height: 1 } : null,
    projects: { x: 0, y, width: left, height: projectRows },
    statistics: below(projectRows, statisticsRows),
    usage: below(height - usageRows, usageRows),
    tasks: upper === 0 ? null : { x: left, y, width, height: upper },
    session,
    stage,
    whole: { x: 0, y, width: columns, height },
    question: session,
  };
}

function upperHeight(height: number, typing: boolean): number {
  if (!typing) return Math.max(5, Math.round(height * 0.45));
  return height < TYPING_QUEUE_FROM ? 0 : TYPING_QUEUE_ROWS;
}

/** One panel at a time, whatever the terminal's size: what is read aloud is wide and not too long. */
export const ALOUD_SIZE: Size = { columns: 200, rows: 20 };

export function layOutAloud(focus: Focus): Layout {
  const { columns, rows } = ALOUD_SIZE;
  return oneColumn(columns, TITLE_ROWS, rows - TITLE_ROWS - BOTTOM_ROWS, focus);
}

function oneColumn(width: number, y: number, height: number, focus: Focus): Layout {
  const all = { x: 0, y, width, height };
  const questionRows = height < 2 * QUESTION_ROWS ? height : QUESTION_ROWS;
  return {
    narrow: true,
    tabs: null,
    projects: focus === 'projects' ? all : null,
    statistics: null,
    usage: null,
    tasks: focus === 'tasks' ? all : null,
    session: focus === 'session' ? all : null,
    stage: all,
    whole: all,
    question: { ...all, y: y + height - questionRows, height: questionRows },
  };
}

/** Rows of facts in a session panel of this size: it depends on nothing that changes by itself. */
export function factRows({ height }: Area): number {
  return height < LOW_BELOW ? LOW_FACT_ROWS : FACT_ROWS;
}

/** The cells inside the session panel that are left empty for the live picture; null when none are left. One row of facts stays while somebody types. */
export function pictureArea(session: Area | null, typing = false): Area | null {
  if (session === null) return null;
  const above = typing ? 1 : factRows(session) + RULE_ROWS;
  const height = session.height - 2 - above;
  const width = session.width - 4;
  if (height < 2 || width < 20) return null;
  return { x: session.x + 2, y: session.y + 1 + above, width, height };
}

/** Rows for items inside a panel. */
export function insideHeight(area: Area | null): number {
  return area === null ? 0 : Math.max(0, area.height - 2);
}
