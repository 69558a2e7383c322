import { list, record } from './payload.ts';

/**
 * What Claude said in its conversation since the prompt that begins with these words, as one text; lines are parsed lines of a
 * transcript. What its subagents said, and what tools brought, is left out. Without that prompt among the lines it is all that Claude said.
 */
export function wordsSince(lines: readonly unknown[], beginning: string): string {
  const own = lines.map(record).filter(({ isSidechain }) => isSidechain !== true);
  const asked = own.findLastIndex(
    ({ type, message }) =>
      type === 'user' && textsOf(message).some((text) => text.trimStart().startsWith(beginning)),
  );
  return own
    .slice(asked + 1)
    .filter(({ type }) => type === 'assistant')
    .flatMap(({ message }) => textsOf(message))
    .join('\n');
}

function textsOf(message: unknown): string[] {
  const { content } = record(message);
  if (typeof content === 'string') return [content];
  return list(content)
    .map(record)
    .flatMap(({ type, text }) => (type === 'text' && typeof text === 'string' ? [text] : []));
}
