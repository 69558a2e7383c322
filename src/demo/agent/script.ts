import type { Todo } from './todos.ts';

/** What the stand-in does in a turn. A prompt says it itself, in fenced blocks, which are run in their order. */
export type Step =
  | { kind: 'shell'; command: string; ask: boolean; description?: string }
  | { kind: 'background'; command: string }
  | { kind: 'question'; question: string; answers: string[] }
  | { kind: 'plan'; plan: string }
  | { kind: 'sleep'; seconds: number }
  | { kind: 'hang' }
  | { kind: 'crash' }
  | { kind: 'fail'; error: string; message: string; resetsInSeconds: number | null }
  | { kind: 'cost'; usd: number }
  | { kind: 'todo'; todos: Todo[] }
  | { kind: 'read'; path: string }
  | { kind: 'say'; text: string };

const BLOCK = /^(`{3,})([^\n`]*)\n([\s\S]*?)^\1[ \t]*$/gm;

/** Words with which claustre sends Claude to a prompt that is too long for an argument. */
const IN_FILE = /\bRead all of the file (\/.+?), in several parts/;

const LIMIT_SECONDS = 3_600;

/** The sentences that Claude ends a turn with when the service fails. */
const FAILURES: Record<string, string> = {
  rate_limit: "You've hit your limit · resets 6:38am (UTC)",
  server_error: 'API Error: 529 Overloaded. This is a server-side issue, usually temporary.',
  authentication_failed: 'Invalid API key · Fix external API key',
  billing_error: 'Credit balance is too low',
  invalid_request: 'Request too large (max 32MB). Try with a smaller file.',
};

/** The steps of a prompt; none when it has no fenced block. Blocks of languages that are no word of this script are text. */
export function readScript(prompt: string): Step[] {
  const file = IN_FILE.exec(prompt)?.[1];
  if (file !== undefined) return [{ kind: 'read', path: file }];
  return [...prompt.matchAll(BLOCK)].flatMap(([, , info = '', body = '']) => {
    const step = readBlock(info.trim(), body.replace(/\n$/, ''));
    return step === null ? [] : [step];
  });
}

function readBlock(info: string, body: string): Step | null {
  const [word = '', ...rest] = info.split(/\s+/);
  const argument = rest.join(' ');
  switch (word) {
    case 'sh':
      return readShell(body, rest);
    case 'background':
      return { kind: 'background', command: body };
    case 'question': {
      const [question = '', ...answers] = body.split('\n').map((line) => line.replace(/^- /, ''));
      return { kind: 'question', question, answers: answers.length > 0 ? answers : ['Yes', 'No'] };
    }
    case 'plan':
      return { kind: 'plan', plan: body };
    case 'sleep':
      return { kind: 'sleep', seconds: Number(argument) || 1 };
    case 'hang':
      return { kind: 'hang' };
    case 'crash':
      return { kind: 'crash' };
    case 'fail': {
      // `fail rate_limit 5`: the limit ends in five seconds, as the status line tells; without a number in an hour.
      const [error = 'server_error', seconds] = rest;
      const message = body === '' ? (FAILURES[error] ?? `API Error: ${error}`) : body;
      const ends = error === 'rate_limit' ? LIMIT_SECONDS : null;
      return { kind: 'fail', error, message, resetsInSeconds: Number(seconds) || ends };
    }
    case 'cost':
      return { kind: 'cost', usd: Number(argument) || 0 };
    case 'todo':
      return { kind: 'todo', todos: body.split('\n').map(readTodo) };
    case 'say':
      return { kind: 'say', text: body };
    default:
      return null;
  }
}

/** `sh`, `sh ask`, or `sh ask Why it is asked for`. */
function readShell(command: string, [ask, ...words]: readonly string[]): Step {
  const description = words.length > 0 ? { description: words.join(' ') } : {};
  return { kind: 'shell', command, ask: ask === 'ask', ...description };
}

/** `- [x] text` is finished, anything else is still to do. */
function readTodo(line: string): Todo {
  const [, mark, subject = line] = /^- \[([ x])\] (.*)$/.exec(line) ?? [];
  return { subject, done: mark === 'x' };
}
