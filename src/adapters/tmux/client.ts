import { type ChildProcess, spawn } from 'node:child_process';
import type { Duplex, Readable, Writable } from 'node:stream';
import { ClaustreError, type Refusal, refuse } from '#domain/error.ts';
import { createActivity, SUBSCRIBE } from './activity.ts';
import { commandLine } from './argv.ts';
import { createReplyReader, type Reply } from './control-reply.ts';
import { ANCHOR, createPaneReader, PANE_FORMAT } from './panes.ts';
import { failure, type Server } from './server.ts';
import { labelCommands, paneTarget, sessionTarget } from './sessions.ts';
import type { TmuxClient } from './tmux.ts';

const REQUEST_MS = 5_000;

/**
 * Ends the client when nobody holds the other end of pipe 3 any more, however its holder came to an end. tmux (seen with 3.3) waits for
 * ever to hand out an answer of which nobody reads the rest; its server would never end while such a client stays.
 */
const WATCHED = '(read -r _ <&3; kill $$) </dev/null >/dev/null 2>&1 & exec tmux "$@" 3<&-';

/** What the process of a client is to the lines that go through it. */
type Client = ChildProcess & {
  stdin: Writable;
  stdout: Readable;
  stderr: Readable;
  /** The last is our end of the pipe whose end ends the client. */
  stdio: [Writable, Readable, Readable, Duplex, ...unknown[]];
};

interface Waiter {
  resolve: (lines: string[]) => void;
  reject: (error: ClaustreError) => void;
  timer: NodeJS.Timeout;
}

/**
 * Connects a control-mode client to the hidden anchor session, which is made when it is missing.
 * `no-output` keeps what programs print away from it: a client with output whose reader dies can
 * block the server for ever (tmux before 3.8). Refuses when tmux does not answer; never connects
 * again by itself.
 */
export async function connect(server: Server): Promise<TmuxClient | Refusal> {
  const anchor = await server.call([
    ...server.start,
    // A program that waits for nothing and costs nothing; tmux runs a single word through a shell,
    // so there are more.
    [
      'new-session',
      '-d',
      '-s',
      ANCHOR,
      '-x',
      '80',
      '-y',
      '24',
      '-c',
      '/',
      '--',
      'tail',
      '-f',
      '/dev/null',
    ],
  ]);
  if (anchor.exitCode !== 0 && !anchor.stderr.includes('duplicate session')) {
    const problem = failure('start its server', anchor);
    return refuse(problem.message, problem.hint, 'environment');
  }
  // -N (tmux 3.2): of a server that ended meanwhile, attaching would start a new one, which nobody ends.
  const flags = ['-N', '-C', 'attach-session', '-f', 'ignore-size,no-output', '-t', `=${ANCHOR}`];
  const child = spawn('sh', ['-c', WATCHED, 'sh', ...server.flags, ...flags], {
    cwd: server.cwd,
    env: { ...server.env },
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  }) as Client;
  const line = createLine(child);
  const problem = await line.ready;
  if (problem !== null) return refuse(problem.message, problem.hint, 'environment');
  return clientOn(line);
}

function clientOn(line: Line): TmuxClient {
  let subscribed = false;
  return {
    watch(pane, onActivity) {
      // Without it the watcher hears nothing, which a hint may do.
      if (!subscribed) line.send(SUBSCRIBE).catch(() => undefined);
      subscribed = true;
      return line.activity.watch(pane, onActivity);
    },
    panes: createPaneReader(() => line.send(['list-panes', '-a', '-F', PANE_FORMAT])),
    // -N keeps the spaces at a row's end, which may have a background.
    capture: (pane) => line.send(['capture-pane', '-e', '-p', '-N', '-t', paneTarget(pane)]),
    async setLabel(session, label) {
      const commands = labelCommands(sessionTarget(session), label);
      await Promise.all(commands.map((command) => line.send(command)));
    },
    async setNeeds(count) {
      await line.send(['set-option', '-g', '@needs', String(count)]);
    },
    onClose: line.onClose,
    close: line.close,
  };
}

type Line = ReturnType<typeof createLine>;

/**
 * Requests and replies over the pipes of one tmux process. Replies come in the order of the
 * requests.
 */
function createLine(child: Client) {
  const waiting: Waiter[] = [];
  const closers: (() => void)[] = [];
  const [, , , hold] = child.stdio;
  let closed: ClaustreError | null = null;
  let settle: (problem: ClaustreError | null) => void = () => undefined;
  const ready = new Promise<ClaustreError | null>((resolve) => {
    settle = resolve;
  });

  const end = (reason: string, cause?: unknown) => {
    if (closed !== null) return;
    closed = new ClaustreError('environment', `The connection to tmux ended: ${reason}.`, {
      hint: 'The next look at the sessions connects again.',
      cause,
    });
    clearTimeout(opening);
    settle(closed);
    hold.destroy();
    for (const waiter of waiting.splice(0)) {
      clearTimeout(waiter.timer);
      waiter.reject(closed);
    }
    for (const closer of closers.splice(0)) closer();
  };
  const opening = setTimeout(() => end('it did not answer in time'), REQUEST_MS);

  const answer = (reply: Reply) => {
    if (!reply.ours) {
      // The first block tells how attaching went.
      clearTimeout(opening);
      if (reply.ok) settle(null);
      else end(reply.lines.join(' ').slice(0, 200));
      return;
    }
    const waiter = waiting.shift();
    if (waiter === undefined) return;
    clearTimeout(waiter.timer);
    if (reply.ok) waiter.resolve(reply.lines);
    else waiter.reject(refusedBy(reply.lines.join(' ')));
  };
  child.on('error', (error) => end('tmux could not be run', error));
  // Not the process's own end, which may come before its last words were read.
  child.stdout.on('close', () => end('tmux closed it'));
  hold.on('error', (error) => end('its pipe broke', error));
  // Writing after the server ended fails here; what waited is told by the end.
  child.stdin.on('error', (error) => end('tmux reads no more', error));
  // Only a last word such as "lost server"; read so that the pipe never fills.
  child.stderr.resume();
  const activity = createActivity();
  readLines(child, { answer, end, told: activity.read });

  return {
    ready,
    activity,
    send(words: readonly string[]): Promise<string[]> {
      return new Promise((resolve, reject) => {
        if (closed !== null) {
          reject(closed);
          return;
        }
        // Later replies cannot be told from a late one, so silence ends the connection.
        const timer = setTimeout(
          () => end(`"${words[0]}" had no answer in ${REQUEST_MS / 1000} s`),
          REQUEST_MS,
        );
        waiting.push({ resolve, reject, timer });
        child.stdin.write(`${commandLine(words)}\n`);
      });
    },
    onClose(callback: () => void) {
      if (closed === null) closers.push(callback);
      else callback();
    },
    close: () => end('it was closed here'),
  };
}

function readLines(
  child: Client,
  to: {
    answer: (reply: Reply) => void;
    told: (line: string) => void;
    end: (reason: string, cause?: unknown) => void;
  },
): void {
  const read = createReplyReader();
  let rest = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    try {
      for (const line of lines) {
        const reply = read(line);
        if (reply !== null) to.answer(reply);
        else if (line.startsWith('%subscription-changed ')) to.told(line);
      }
    } catch (error) {
      to.end('its answers could not be read', error);
    }
  });
}

function refusedBy(said: string): ClaustreError {
  const gone = /can't find|no such/.test(said);
  return new ClaustreError(
    gone ? 'not_found' : 'environment',
    `tmux refused a request: ${said.slice(0, 200)}.`,
  );
}
