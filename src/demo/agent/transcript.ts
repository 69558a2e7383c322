import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The conversation on disk, one JSON line each. The file appears with the first line. */
export interface Transcript {
  readonly path: string;
  append(line: Record<string, unknown>): void;
}

/** `<config>/projects/<cwd with every odd character turned to ->/<session id>.jsonl` */
export function transcriptPath(configDir: string, cwd: string, sessionId: string): string {
  return join(configDir, 'projects', cwd.replace(/[^a-zA-Z0-9]/g, '-'), `${sessionId}.jsonl`);
}

export function openTranscript(
  path: string,
  about: { sessionId: string; cwd: string },
): Transcript {
  return {
    path,
    append(line) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const whole = { ...line, uuid: randomUUID(), timestamp: new Date().toISOString(), ...about };
      appendFileSync(path, `${JSON.stringify(whole)}\n`, { mode: 0o600 });
    },
  };
}

/** `prompted` tells whether there is anything to resume: a conversation that never got a prompt has a file and cannot be resumed. */
export function lookUp(path: string): { exists: boolean; prompted: boolean } {
  if (!existsSync(path)) return { exists: false, prompted: false };
  const lines = readFileSync(path, 'utf8').split('\n');
  return { exists: true, prompted: lines.some((line) => line.startsWith('{"type":"user"')) };
}

/** What was said in a conversation, for the screen of whoever resumes it. */
export function readPrompts(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{"type":"user"'))
    .flatMap((line) => {
      const { content } = JSON.parse(line).message;
      return typeof content === 'string' ? [content] : [];
    });
}
