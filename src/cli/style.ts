import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Paints a text; with colours off it returns it as it is. */
export type Paint = (format: Format, text: string) => string;

export function createPaint(color: boolean): Paint {
  return (format, text) =>
    color && text !== '' ? styleText(format, text, { validateStream: false }) : text;
}
