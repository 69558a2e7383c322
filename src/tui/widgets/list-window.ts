/** The first row to show so that the selected one is visible, moving the window as little as possible. */
export function windowTop(top: number, selected: number, count: number, height: number): number {
  if (height <= 0) return 0;
  const last = Math.max(0, count - height);
  const lowest = Math.max(0, selected - height + 1);
  return Math.max(0, Math.min(last, Math.max(lowest, Math.min(top, selected))));
}
