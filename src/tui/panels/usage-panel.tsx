import type { Snapshot } from '#app.ts';
import type { Limit } from '#domain/usage.ts';
import { formatClockTime } from '#domain/words/clock-time.ts';
import type { Area } from '#tui/layout.ts';
import { DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import type { View } from '#tui/view.ts';
import { type Spans, span } from '#tui/widgets/line.tsx';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';

const WINDOWS = [
  { window: 'five_hour', label: '5h' },
  { window: 'seven_day', label: '7d' },
] as const;

/** Claude tells of its limits while it works; after so long without news the figures are old. */
export const OLD_AFTER_MS = 15 * 60_000;

const NEARLY_FULL_PERCENT = 90;
const WARNING_PERCENT = 80;

interface Props {
  snapshot: Snapshot;
  view: View;
  theme: Theme;
  area: Area;
}

/** How much of the account's windows is used, as Claude last told it. */
export function UsagePanel({ snapshot, view, theme, area }: Props) {
  const width = insideWidth(area.width);
  return (
    <Panel
      title="Usage"
      note={ageNote(snapshot.limits, view.now)}
      width={area.width}
      height={area.height}
      border={theme.look('border_unfocused')}
      titleLook={{}}
      lines={usageLines(snapshot, width, view.now, theme)}
    />
  );
}

/** `100%!` */
const FIGURE_CELLS = 5;

/** One row for each window. */
export function usageLines(
  { limits, fixSettings }: Pick<Snapshot, 'limits' | 'fixSettings'>,
  width: number,
  now: number,
  theme: Theme,
): Spans[] {
  return WINDOWS.map(({ window, label }) => {
    const limit = limits.find((each) => each.window === window);
    // It is the same in all projects.
    const [settings] = fixSettings.values();
    return limitLine(label, limit, width, now, theme, settings?.reservePercent);
  });
}

/** When the figures were told, if that is a while ago; those of a window that began anew since then are gone. */
export function ageNote(limits: readonly Limit[], now: number): string {
  const shown = limits.filter(({ resetsAt }) => resetsAt === null || resetsAt > now);
  const newest = Math.max(...shown.map(({ readAt }) => readAt));
  return shown.length > 0 && now - newest >= OLD_AFTER_MS
    ? `as of ${formatClockTime(newest, now)}`
    : '';
}

/** `5h ███░░┊  42% ↻ 14:30`; both bars are equally wide whatever is known. Behind the mark the queue begins nothing: the rest is the person's. */
export function limitLine(
  label: string,
  limit: Limit | undefined,
  width: number,
  now: number,
  theme: Theme,
  reservePercent = 0,
): Spans {
  const bar = Math.max(4, width - 20);
  // After its reset the old figure says nothing any more.
  const known = limit !== undefined && (limit.resetsAt === null || limit.resetsAt > now);
  if (!known) return [span(`${label} `), span(GLYPHS.barEmpty.repeat(bar), DIM), span('   –', DIM)];
  const full = Math.round((Math.min(100, limit.usedPercent) / 100) * bar);
  const tone = toneOf(limit.usedPercent);
  // Without a colour the sign tells it.
  const isWarned = limit.usedPercent >= WARNING_PERCENT;
  const figure = `${Math.floor(limit.usedPercent)}%${isWarned ? '!' : ''}`;
  const resets = limit.resetsAt === null ? '' : formatClockTime(limit.resetsAt, now);
  // A date takes a cell more than a time of day: then it stands without the sign.
  const room = width - label.length - bar - FIGURE_CELLS - 1;
  const again = [` ${GLYPHS.again} ${resets}`, ` ${resets}`].find((each) => each.length <= room);
  return [
    span(`${label} `),
    span(GLYPHS.barFull.repeat(full), theme.look(tone)),
    span(emptyBar(full, bar, reservePercent), DIM),
    span(figure.padStart(FIGURE_CELLS), isWarned ? theme.look(tone) : {}),
    span(resets === '' ? '' : (again ?? ''), DIM),
  ];
}

/** The unused part, with the mark of the reserve where that is still ahead. */
function emptyBar(full: number, bar: number, reservePercent: number): string {
  const mark = Math.floor(((100 - reservePercent) / 100) * bar);
  const rest = GLYPHS.barEmpty.repeat(bar - full);
  if (reservePercent === 0 || mark < full || mark >= bar) return rest;
  return rest.slice(0, mark - full) + GLYPHS.reserve + rest.slice(mark - full + 1);
}

function toneOf(percent: number): 'usage_high' | 'usage_medium' | 'usage_low' {
  if (percent >= NEARLY_FULL_PERCENT) return 'usage_high';
  return percent >= WARNING_PERCENT ? 'usage_medium' : 'usage_low';
}
