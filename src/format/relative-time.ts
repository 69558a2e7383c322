const UNITS = [
  { ms: 24 * 60 * 60_000, name: 'd' },
  { ms: 60 * 60_000, name: 'h' },
  { ms: 60_000, name: 'm' },
  { ms: 1_000, name: 's' },
];

/** How long ago (or how far ahead) a moment is, in one unit: "now", "12s ago", "3h ago", "in 5m". Both in milliseconds since 1970. */
export function formatRelativeTime(at: number, now: number): string {
  const distance = Math.abs(now - at);
  const unit = UNITS.find(({ ms }) => distance >= ms);
  if (unit === undefined) return 'now';
  const amount = `${Math.floor(distance / unit.ms)}${unit.name}`;
  return at > now ? `in ${amount}` : `${amount} ago`;
}
