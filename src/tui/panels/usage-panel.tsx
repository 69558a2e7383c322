import type { Snapshot } from '#app.ts';
import { formatClockTime } from '#domain/clock-time.ts';
import type { Limit } from '#domain/usage.ts';
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
const HALF_WARNING_PERCENT = 70;

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
      lines={usageLines(snapshot.limits, width, view.now, theme)}
    />
  );
}

/** One row for each window. */
export function usageLines(
  limits: readonly Limit[],
  width: number,
  now: number,
  theme: Theme,
): Spans[] {
  return WINDOWS.map(({ window, label }) => {
    const limit = limits.find((each) => each.window === window);
    return limitLine(label, limit, width, now, theme);
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

/** `5h ███░░░  42% ↻ 14:30`; both bars are equally wide whatever is known. */
export function limitLine(
  label: string,
  limit: Limit | undefined,
  width: number,
  now: number,
  theme: Theme,
): Spans {
  const bar = Math.max(4, width - 20);
  // After its reset the old figure says nothing any more.
  const known = limit !== undefined && (limit.resetsAt === null || limit.resetsAt > now);
  if (!known) return [span(`${label} `), span(GLYPHS.barEmpty.repeat(bar), DIM), span('   –', DIM)];
  const full = Math.round((Math.min(100, limit.usedPercent) / 100) * bar);
  const resets = limit.resetsAt === null ? '' : formatClockTime(limit.resetsAt, now);
  return [
    span(`${label} `),
    span(GLYPHS.barFull.repeat(full), theme.look(toneOf(limit.usedPercent))),
    span(GLYPHS.barEmpty.repeat(bar - full), DIM),
    span(`${Math.round(limit.usedPercent)}%`.padStart(5)),
    span(resets === '' ? '' : ` ${GLYPHS.again} ${resets}`, DIM),
  ];
}

function toneOf(percent: number): 'usage_high' | 'usage_medium' | 'usage_low' {
  if (percent > NEARLY_FULL_PERCENT) return 'usage_high';
  return percent >= HALF_WARNING_PERCENT ? 'usage_medium' : 'usage_low';
}
