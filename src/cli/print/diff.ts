import { plainText } from '#format/text.ts';
import type { Sheet } from './result.ts';

/** A unified diff: coloured on a screen, where no change is a sentence; as git wrote it into a file or a pipe, so that it can be applied. */
export function printDiff({ text }: { text: string }, sheet: Sheet): string {
  if (sheet.width === null) return text;
  if (text.trim() === '') return 'No changes.';
  return plainText(text)
    .split('\n')
    .map((line) => paintLine(line, sheet))
    .join('\n');
}

function paintLine(line: string, { paint }: Sheet): string {
  if (/^(?:diff |index |\+\+\+ |--- )/.test(line)) return paint('bold', line);
  if (line.startsWith('@@')) return paint('cyan', line);
  if (line.startsWith('+')) return paint('green', line);
  return line.startsWith('-') ? paint('red', line) : line;
}
