/** One line of the bench: what was measured against what, and how far it may go. */
export interface Figure {
  name: string;
  value: number;
  limit: number;
  unit: 'x' | 'ms' | '%' | '';
  /** What it was compared with, or under what conditions it was made. */
  note?: string;
}

export function median(list: readonly number[]): number {
  return percentile(list, 0.5);
}

export function percentile(list: readonly number[], part: number): number {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export function formatFigure(figure: Figure): string {
  const over = figure.value > figure.limit;
  const value = `${figure.value.toFixed(2)}${figure.unit}`.padStart(10);
  const limit = `≤ ${figure.limit}${figure.unit}`.padEnd(12);
  return `${over ? '✗' : '✓'} ${value} ${limit} ${figure.name}${figure.note === undefined ? '' : ` (${figure.note})`}`;
}
