#!/usr/bin/env node
// A stand-in for Claude Code, for the demo and for tests: no model, no account. It reports, asks and ends as the real program does; what it
// works on is written in its prompts (see agent/script.ts).
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConversation } from './agent/conversation.ts';
import { openDialog } from './agent/dialog.ts';
import { createKept, fire, type Setting } from './agent/kept.ts';
import { createKeys, type Key } from './agent/keys.ts';
import { isUuid, type Options, readOptions } from './agent/options.ts';
import { print } from './agent/print.ts';
import { createScreen, type Screen, type Terminal } from './agent/screen.ts';
import { createSessionsFile } from './agent/sessions-file.ts';
import { readSettings } from './agent/settings.ts';
import { stream } from './agent/stream.ts';
import { lookUp, readPrompts, transcriptPath } from './agent/transcript.ts';
import { isTrusted, trust } from './agent/trust.ts';

/** The version whose behaviour it has. */
const VERSION = '2.1.197';

const HEADER = [
  '╭───────────────────────────────────────────────────────────────────╮',
  '│ This is a stand-in for Claude Code: no model, no account.         │',
  '│ It runs the fenced ```sh blocks of its prompt and answers nothing.│',
  '╰───────────────────────────────────────────────────────────────────╯',
].join('\n');

/** Words that are subcommands of Claude when they are the whole prompt, even after `--`. */
const SUBCOMMANDS = ['doctor', 'update', 'mcp', 'install', 'agents'];

async function run(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (typeof options === 'string') return fail(options);
  if (options.version) {
    process.stdout.write(`${VERSION} (Claude Code)\n`);
    return 0;
  }
  if (options.prompt !== null && SUBCOMMANDS.includes(options.prompt)) {
    process.stdout.write(`The real program would run its subcommand "${options.prompt}" now.\n`);
    return 0;
  }
  const setting = await prepare(options);
  if (typeof setting === 'string') return fail(setting);
  if (!options.print) return converse(setting, options);
  return options.outputFormat === 'stream-json' ? stream(setting) : print(setting);
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}

function fail(message: string): number {
  process.stderr.write(`${message}\n`);
  return 1;
}

/** What the arguments and the files say; a text is what stops it before anything is shown. */
async function prepare(options: Options): Promise<Setting | string> {
  const env = environment();
  const configDir = env.CLAUDE_CONFIG_DIR || join(env.HOME ?? '/', '.claude');
  const cwd = process.cwd();
  if (options.settings !== null && !existsSync(options.settings)) {
    return `Error: Settings file not found: ${options.settings}`;
  }
  const sessionId = options.resume ?? options.sessionId ?? randomUUID();
  if (!isUuid(sessionId)) return 'Error: Invalid session ID. Must be a valid UUID.';
  const said = options.systemPromptFile;
  const setting: Setting = {
    cwd,
    configDir,
    version: VERSION,
    env,
    settings: readSettings(configDir, cwd, options.settings),
    sessionId,
    resumed: options.resume !== null,
    model: options.model ?? 'stand-in',
    effort: options.effort ?? 'high',
    permissionMode: options.permissionMode ?? 'default',
    start: {
      arguments: process.argv.slice(2),
      systemPrompt: said === null ? options.systemPrompt : readFileSync(said, 'utf8'),
    },
  };
  const found = lookUp(transcriptPath(configDir, cwd, sessionId));
  if (!setting.resumed) {
    return found.exists ? `Error: Session ID ${sessionId} is already in use.` : setting;
  }
  if (found.prompted) return setting;
  await fire(createKept(setting), () => undefined, 'SessionEnd', { reason: 'other' });
  return `No conversation found with session ID: ${sessionId}`;
}

function converse(setting: Setting, options: Options): Promise<number> {
  const { stdin, stdout } = process;
  const terminal: Terminal = {
    write: (text) => void stdout.write(text),
    columns: () => stdout.columns ?? 80,
    rows: () => stdout.rows ?? 24,
  };
  // Its terminal may be gone before it is.
  stdout.on('error', () => undefined);
  stdin.on('error', () => undefined);
  if (stdin.isTTY) stdin.setRawMode(true);
  const screen = createScreen(terminal);
  let take: (key: Key) => void = () => undefined;
  const keys = createKeys((key) => take(key));
  stdin.on('data', keys);
  return new Promise((done) => {
    const close = (code: number): void => {
      screen.close();
      if (stdin.isTTY) stdin.setRawMode(false);
      stdin.pause();
      done(code);
    };
    const begin = async (): Promise<void> => {
      const started = await passDialogs(setting, screen, (next) => {
        take = next;
      });
      if (!started) return close(1);
      screen.print(HEADER);
      if (setting.resumed) {
        const path = transcriptPath(setting.configDir, setting.cwd, setting.sessionId);
        for (const prompt of readPrompts(path)) screen.print(`\n> ${prompt}`);
      }
      const file = createSessionsFile(setting.configDir, setting);
      const conversation = createConversation(setting, { screen, terminal, file }, () => close(0));
      take = (key) => conversation.press(key);
      stdout.on('resize', () => conversation.redraw());
      for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
        process.on(signal, () => void conversation.end('other'));
      }
      await conversation.begin(options.prompt);
    };
    void begin();
  });
}

/** Dialogs before anything else: settings that it does not understand, a folder that nobody trusted yet. False when the person leaves. */
async function passDialogs(
  setting: Setting,
  screen: Screen,
  listen: (take: (key: Key) => void) => void,
): Promise<boolean> {
  const ask = (title: string, lines: string[], options: string[]): Promise<number | null> =>
    new Promise((done) => {
      const dialog = openDialog({ title, lines, options });
      const draw = (): void => screen.setBelow(dialog.lines, { line: 0, column: 0 });
      listen((key) => {
        const index = dialog.press(key);
        if (index !== undefined) {
          screen.setBelow([], { line: 0, column: 0 });
          done(index);
        } else draw();
      });
      draw();
    });
  const unknown = setting.settings.unknownEvents;
  if (unknown.length > 0) {
    const lines = unknown.map((name) => `"${name}" is no hook event of this version.`);
    const choice = await ask('Settings Warning', lines, ['Continue', 'Exit']);
    if (choice !== 0) return false;
  }
  if (isTrusted(setting)) return true;
  const question = 'Do you trust the files in this folder?';
  const choice = await ask(question, [setting.cwd], ['Yes, I trust this folder', 'No, exit']);
  if (choice !== 0) return false;
  trust(setting);
  return true;
}

process.exitCode = await run(process.argv.slice(2));
