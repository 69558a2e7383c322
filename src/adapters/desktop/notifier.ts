import type { CommandResult, RunCommand } from '#adapters/command.ts';
import { type Refusal, refuse } from '#domain/error.ts';

/** Tells the person of something, beside the terminal. */
export interface Notifier {
  /** Shows a notification, of which both texts may hold anything; refuses when no program for it works here. */
  notify(title: string, text: string): Promise<Refusal | undefined>;
  /** Runs the person's own program for notifications; refuses what it ends with. */
  tell(command: readonly string[]): Promise<Refusal | undefined>;
}

const NOTIFY_MS = 5_000;

/** A notification is read at a glance; some of the programs fail at a long one. */
const MOST_CHARACTERS = 240;

/** `env` is the person's environment: what leads to their desktop. */
export function createNotifier(
  run: RunCommand,
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string>>,
): Notifier {
  const call = (program: string, args: readonly string[]) =>
    run(program, args, { timeoutMs: NOTIFY_MS, env }).catch(failed);
  return {
    async notify(title, text) {
      const said: string[] = [];
      for (const [program, ...args] of notifiers(platform, short(title), short(text))) {
        const result = await call(program, args);
        if (result.exitCode === 0) return undefined;
        said.push(result.stderr.trim().slice(0, 200) || `${program} failed`);
      }
      return refuse(
        `The desktop shows no notification: ${said.join(' ')}`,
        platform === 'darwin'
          ? 'Allow notifications of your terminal in the system settings.'
          : 'Install notify-send (libnotify), or set [notifications] system = false.',
        'environment',
      );
    },
    async tell([program = '', ...args]) {
      const result = await call(program, args);
      if (result.exitCode === 0) return undefined;
      const why = result.stderr.trim().slice(0, 200) || `exit code ${result.exitCode}`;
      return refuse(
        `The program "${program}" of [notifications] command failed: ${why}`,
        'Try it in a shell, or take the command out of config.toml.',
        'environment',
      );
    },
  };
}

function failed(error: unknown): CommandResult {
  const stderr = error instanceof Error ? error.message : String(error);
  return { exitCode: 1, stdout: '', stderr };
}

/** The programs that show a notification here, the best one first. */
function notifiers(
  platform: NodeJS.Platform,
  title: string,
  text: string,
): [program: string, ...args: string[]][] {
  if (platform === 'darwin') {
    // It takes a text that begins with a bracket for a list of its own.
    const plain = text.replace(/^(?=[[({<-])/, '\\');
    return [
      ['terminal-notifier', '-title', title, '-message', plain],
      [
        'osascript',
        ...['-e', 'on run {head, body}'],
        ...['-e', 'display notification body with title head', '-e', 'end run'],
        ...['--', title, text],
      ],
    ];
  }
  // Its body is marked up.
  const marked = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [['notify-send', '--app-name=claustre', '--', title, marked]];
}

function short(text: string): string {
  const letters = Array.from(text);
  if (letters.length <= MOST_CHARACTERS) return text;
  return `${letters.slice(0, MOST_CHARACTERS - 1).join('')}…`;
}
