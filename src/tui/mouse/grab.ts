import { isMove, isWheel, type MouseReport } from '#tui/picture/typed.ts';

/** Whose a report is while a rectangle of the screen belongs to another program. */
export type Owner = 'program' | 'dashboard' | 'nobody';

/**
 * Decides whose each report is: the program's inside of its rectangle, and wherever a button comes up that went down inside. A click
 * elsewhere is the dashboard's; moves and the wheel elsewhere are nobody's, since they would take the rectangle away without intent.
 */
export function createGrab(): (report: MouseReport, inside: boolean) => Owner {
  let held = false;
  return (report, inside) => {
    const isButton = !isWheel(report) && !isMove(report);
    if (isButton && !report.released && !inside) {
      held = false;
      return 'dashboard';
    }
    const owner = inside || held ? 'program' : 'nobody';
    if (isButton) held = !report.released;
    return owner;
  };
}
