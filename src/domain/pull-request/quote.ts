import type { FeedbackReading } from './feedback.ts';
import { visible } from './message/fence.ts';

/** What stands where words of a stranger were quoted. */
const LEFT_OUT = '> [words of somebody who is not trusted are left out]';

/**
 * The same, without what trusted people quote of strangers: whoever answers a stranger with GitHub's own "quote reply" repeats all of it,
 * and does not vouch for it.
 */
export function withoutStrangersQuotes(feedback: readonly FeedbackReading[]): FeedbackReading[] {
  const strangers = new Set(
    feedback
      .flatMap(({ statements }) => statements)
      .filter(({ trust }) => trust === 'untrusted')
      .flatMap(({ body }) => visible(body).split('\n').map(bare))
      .filter((line) => line !== ''),
  );
  if (strangers.size === 0) return [...feedback];
  return feedback.map((each) => ({
    ...each,
    statements: each.statements.map((said) =>
      said.trust === 'untrusted' ? said : { ...said, body: unquoted(said.body, strangers) },
    ),
  }));
}

function unquoted(body: string, strangers: ReadonlySet<string>): string {
  if (!body.includes('>')) return body;
  const lines = visible(body)
    .split('\n')
    .map((line) => (/^\s*>/.test(line) && strangers.has(bare(line)) ? LEFT_OUT : line));
  return lines.filter((line, index) => line !== LEFT_OUT || lines[index - 1] !== line).join('\n');
}

/** A line without its marks of quotes, lists and emphasis, by which it is known again. */
function bare(line: string): string {
  return line
    .replace(/[\s>*_`~#-]+/g, ' ')
    .trim()
    .toLowerCase();
}
