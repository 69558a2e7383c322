import { join } from 'node:path';

/** Files in `sessions/<id>/`: what a pane is started with, written by prepare and read by its program and its hooks. */
export interface SessionFiles {
  folder: string;
  settings: string;
  script: string;
  /** Runs a shell with the session's environment. */
  shell: string;
  environment: string;
  systemPrompt: string;
  /** A first prompt that is too long for an argument. In a folder of its own, so that reading it can be allowed alone. */
  prompt: string;
  /** The next turn of a Claude that prints, and its prompt. */
  turn: string;
  turnPrompt: string;
  setup: string;
  setupLog: string;
  /** The status line command of the person, which ours runs in turn. */
  statusLine: string;
  /** What rounds of the review loop were told, and said. */
  review: string;
}

/** Paths of a session's files; `sessions` is the folder of all of them. */
export function sessionFiles(sessions: string, sessionId: string): SessionFiles {
  const folder = join(sessions, sessionId);
  return {
    folder,
    settings: join(folder, 'settings.json'),
    script: join(folder, 'launch.sh'),
    shell: join(folder, 'shell.sh'),
    environment: join(folder, 'environment.json'),
    systemPrompt: join(folder, 'system-prompt.md'),
    prompt: join(folder, 'prompt', 'prompt.md'),
    turn: join(folder, 'turn.json'),
    turnPrompt: join(folder, 'turn.md'),
    setup: join(folder, 'setup.json'),
    setupLog: join(folder, 'setup.log'),
    statusLine: join(folder, 'user-status-line'),
    review: join(folder, 'review'),
  };
}
