import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Refusal, refuse } from '#domain/error.ts';
import { runInTerminal } from './own-program.ts';

const MAX_BYTES = 4 * 1024 * 1024;

/** The command that opens the file at this path in the person's editor, and ends when the editor is left. */
export type EditorCommand = (path: string) => readonly string[];

/**
 * Gives a text to the person's editor and this process's terminal with it; resolves with the text as it was left. It lies in a file that
 * only the user can read, and that is removed in any case. Refuses without a terminal, and when the editor cannot be started or ends with
 * a failure: then nothing was changed.
 */
export async function editText(
  text: string,
  command: EditorCommand,
  env: Readonly<Record<string, string>>,
): Promise<string | Refusal> {
  if (!process.stdin.isTTY) {
    return refuse('An editor needs a terminal.', undefined, 'environment');
  }
  const folder = await mkdtemp(join(tmpdir(), 'claustre-'));
  try {
    const path = join(folder, 'prompt.md');
    await writeFile(path, text, { mode: 0o600 });
    const argv = command(path);
    const [program = ''] = argv;
    const ended = await runInTerminal(argv, env);
    if (ended === null) return missing(program);
    return ended.code === 0 ? await readBack(path, text) : failed(program);
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

function missing(program: string): Refusal {
  return refuse(
    `The editor "${program}" could not be started.`,
    'Name the one that you use in [tools] editor, VISUAL or EDITOR.',
    'environment',
  );
}

function failed(program: string): Refusal {
  return refuse(`The editor "${program}" failed, and the text stays as it was.`);
}
