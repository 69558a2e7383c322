const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span of time in its two largest units, cut and not rounded: "9s", "4m 10s", "2h 5m", "3d 4h". Negative spans (clocks differ) are "0s". */
export function formatDuration(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.floor(ms / SECOND))}s`;
  if (ms < HOUR) return two(ms, MINUTE, 'm', SECOND, 's');
  if (ms < DAY) return two(ms, HOUR, 'h', MINUTE, 'm');
  return two(ms, DAY, 'd', HOUR, 'h');
}

/** The same in minutes and more, for times that are drawn anew each minute: "3m", "2h 5m", "3d 4h"; empty below a minute. */
export function formatMinutes(ms: number): string {
  return ms < MINUTE ? '' : formatDuration(ms < HOUR ? ms - (ms % MINUTE) : ms);
}

function two(
  ms: number,
  large: number,
  largeName: string,
  small: number,
  smallName: string,
): string {
  const rest = Math.floor((ms % large) / small);
  const head = `${Math.floor(ms / large)}${largeName}`;
  return rest === 0 ? head : `${head} ${rest}${smallName}`;
}
