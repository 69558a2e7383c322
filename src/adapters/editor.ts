import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Refusal, refuse } from '#domain/error.ts';

const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Gives a text to the person's editor ($VISUAL, else $EDITOR, else vi) and this process's terminal with it; resolves with the text as it
 * was left. It lies in a file that only the user can read, and that is removed in any case. Refuses without a terminal, and when the
 * editor cannot be started or ends with a failure: then nothing was changed.
 */
export async function editText(
  text: string,
  env: Readonly<Record<string, string>>,
): Promise<string | Refusal> {
  if (!process.stdin.isTTY) {
    return refuse('An editor needs a terminal.', undefined, 'environment');
  }
  const folder = await mkdtemp(join(tmpdir(), 'claustre-'));
  try {
    const path = join(folder, 'prompt.md');
    await writeFile(path, text, { mode: 0o600 });
    const wrong = await run(env.VISUAL || env.EDITOR || 'vi', path, env);
    return wrong ?? (await readBack(path, text));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readBack(path: string, before: string): Promise<string | Refusal> {
  if ((await stat(path)).size > MAX_BYTES) {
    return refuse(
      `The text has more than ${MAX_BYTES / 1024 / 1024} MB.`,
      'Leave the text in a file and name that in the prompt.',
      'invalid',
    );
  }
  const text = (await readFile(path, 'utf8')).replace(/\r\n?/g, '\n');
  // Editors end a file with a line break that nobody typed.
  return before.endsWith('\n') ? text : text.replace(/\n$/, '');
}

async function run(
  editor: string,
  path: string,
  env: Readonly<Record<string, string>>,
): Promise<Refusal | undefined> {
  // $EDITOR is a command line of the person's own, with options and quotes; the script is fixed, as git's is, and gets it as it stands.
  const child = spawn('/bin/sh', ['-c', 'eval "$0 \\"\\$@\\""', editor, path], {
    env: { ...env },
    stdio: 'inherit',
  });
  // Until the editor has the terminal and after it let go, Ctrl-C is still a signal for both of us.
  const ignore = () => undefined;
  process.on('SIGINT', ignore);
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (exitCode === 0) return undefined;
    return exitCode === 127 || exitCode === 126
      ? refuse(
          `The editor "${editor}" could not be started.`,
          'Set VISUAL or EDITOR to the editor that you use.',
          'environment',
        )
      : refuse(`The editor "${editor}" failed, and the text stays as it was.`);
  } finally {
    process.off('SIGINT', ignore);
  }
}
