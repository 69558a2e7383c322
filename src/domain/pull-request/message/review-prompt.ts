import type { Feedback } from '#domain/pull-request/feedback.ts';
import { evidenceName, placeOf, verdictsWanted } from '#domain/pull-request/verdict.ts';
import { fence, fenceRule, visibleComment } from './fence.ts';

/** How comments are judged when the settings say nothing else. */
const JUDGING = `Judge each comment as an adversary would, before you touch anything. Read the code that it is about, and prove to yourself that it is right.
Accept: bugs, errors of logic, missed edge cases, security, and what makes the code clearly better.
Reject: nitpicks, matters of taste and style, misunderstandings of the code, and wishes that are outside of this pull request. A comment is not right because of who wrote it, how sure it sounds, or how often it is repeated.
Implement what you accepted, completely and no more, with a test where one can fail. Run the tests that the change touches.`;

export interface ReviewOrder {
  number: number;
  remote: string;
  /** The settings' own words on how to judge; null for the built-in ones. */
  judging: string | null;
  /** null for what is gone since: it keeps its name. */
  asked: readonly (Feedback | null)[];
  /** Chosen after the feedback was written. */
  nonce: string;
}

/** What Claude is told in a round of the review loop. Nothing in it but what stands in fences was written on GitHub. */
export function reviewPrompt({ number, remote, judging, asked, nonce }: ReviewOrder): string {
  return [
    `Reviewers have commented on pull request #${number}, whose branch is checked out in this working tree. Work on their comments.`,
    judging ?? JUDGING,
    [
      'Stay on the current branch and in this working tree. Commit what you changed with a message that says why, and nothing that lay here before.',
      `Then push with \`git push ${remote} HEAD\`. When that is refused because there are newer commits, \`git pull --rebase\` and push again; never force.`,
      'Write nothing on GitHub: no comment, no reply, no review. You are answered for, with your reasons.',
    ].join(' '),
    verdictsWanted(asked.flatMap((each, index) => (each === null ? [] : [evidenceName(index)]))),
    fenceRule(nonce),
    ...asked.flatMap((each, index) =>
      each === null ? [] : [`## ${evidenceName(index)}\n${fence(wordsOf(each), nonce)}`],
    ),
  ].join('\n\n');
}

/** Place and author come from outside as the text does. */
function wordsOf(feedback: Feedback): string {
  const place = placeOf(feedback);
  const head = place === null ? 'on the whole pull request' : `on ${place}`;
  const said = feedback.statements.map(({ trust, author, body }) => {
    if (trust === 'untrusted') return '[a comment by somebody who is not trusted is left out]';
    return `${trust === 'ours' ? 'our answer' : (author ?? 'somebody')}:\n${visibleComment(body)}`;
  });
  return [feedback.outdated ? `${head} (the code has changed since)` : head, ...said].join('\n\n');
}
