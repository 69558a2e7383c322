/** Hours of the day in local time in which nothing starts by itself, in minutes since midnight; they may go over midnight. */
export interface QuietHours {
  from: number;
  to: number;
}

/** Reads `09:00-18:00`; null when it is none, or no time at all lies in it. */
export function readQuietHours(text: string): QuietHours | null {
  const found = /^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (found === null) return null;
  const [, fromHour, fromMinute, toHour, toMinute] = found.map(Number);
  const from = minutesOf(fromHour, fromMinute);
  const to = minutesOf(toHour, toMinute);
  return from === null || to === null || from === to ? null : { from, to };
}

function minutesOf(hour = 0, minute = 0): number | null {
  // 24:00 is how many people write the end of the day.
  if (minute > 59 || hour * 60 + minute > 24 * 60) return null;
  return hour * 60 + minute;
}

/**
 * When the quiet hours that it is in now end, or null when it is in none; milliseconds since 1970. The clock on the wall counts, so that a
 * day on which the clocks are changed has its hours as they are written.
 */
export function quietUntil({ from, to }: QuietHours, now: number): number | null {
  const wall = new Date(now);
  const minutes = wall.getHours() * 60 + wall.getMinutes();
  const overMidnight = from > to;
  const quiet = overMidnight ? minutes >= from || minutes < to : minutes >= from && minutes < to;
  if (!quiet) return null;
  const day = wall.getDate() + (overMidnight && minutes >= from ? 1 : 0);
  const end = new Date(wall.getFullYear(), wall.getMonth(), day, 0, to).getTime();
  // The hour that the clocks show twice in autumn: in its second turn the first moment of that name has passed.
  return end > now ? end : end + 60 * 60_000;
}
