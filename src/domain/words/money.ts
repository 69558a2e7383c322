/** US dollars with cents; whole dollars from 1,000 on. Less than a cent is "<$0.01", null is unknown: "?". */
export function formatMoney(costUsd: number | null): string {
  if (costUsd === null) return '?';
  if (costUsd > 0 && costUsd < 0.01) return '<$0.01';
  return costUsd < 1_000 ? `$${costUsd.toFixed(2)}` : `$${Math.round(costUsd)}`;
}
