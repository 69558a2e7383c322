import { styleText } from 'node:util';
import type { TaskStatus } from '#domain/task.ts';

type Format = Parameters<typeof styleText>[0];

/** Paints a text; with colours off it returns it as it is. */
export type Paint = (format: Format, text: string) => string;

export function createPaint(color: boolean): Paint {
  return (format, text) =>
    color && text !== '' ? styleText(format, text, { validateStream: false }) : text;
}

/** The colours of a task's status, as the dashboard has them. */
export const STATUS_COLORS: Record<TaskStatus, Format> = {
  draft: 'cyan',
  pending: 'gray',
  working: 'green',
  interrupted: 'magenta',
  in_review: 'yellow',
  conflict: 'redBright',
  ci_failed: 'redBright',
  done: 'blue',
  error: 'red',
};
