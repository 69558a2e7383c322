/** A number of tokens in at most four figures: "950", "1.2k", "48k", "3.1M". null is unknown: "?". */
export function formatTokens(tokens: number | null): string {
  if (tokens === null) return '?';
  // The limits lie where rounding would reach the next unit: 9,960 is "10k", not "10.0k".
  if (tokens < 1_000) return String(Math.round(tokens));
  if (tokens < 9_950) return `${(tokens / 1_000).toFixed(1)}k`;
  if (tokens < 999_500) return `${Math.round(tokens / 1_000)}k`;
  if (tokens < 9_950_000) return `${(tokens / 1_000_000).toFixed(1)}M`;
  return `${Math.round(tokens / 1_000_000)}M`;
}
