import { z } from 'zod';
import { NOTICE_KINDS, type NoticeKind } from '#domain/notification/news.ts';
import { command, setting, text } from './setting.ts';

/** The table [notifications]. */
export const NOTIFICATIONS = {
  sentence:
    'How you are told that something waits for you, or has happened to your work. Each is told once.',
  keys: {
    enabled: setting({
      check: z.boolean(),
      default: true,
      expected: 'one of true, false',
      sentence: 'Whether you are told at all.',
      home: true,
    }),
    events: setting<readonly NoticeKind[]>({
      check: z.array(z.enum(NOTICE_KINDS)),
      default: NOTICE_KINDS,
      expected: `a list of ${NOTICE_KINDS.join(', ')}`,
      sentence: 'Of what you are told.',
      home: true,
    }),
    system: setting({
      check: z.boolean(),
      default: true,
      expected: 'one of true, false',
      sentence:
        'A notification of your desktop, where it has a program for that: notify-send, terminal-notifier or osascript.',
      home: true,
    }),
    bell: setting({
      check: z.boolean(),
      default: true,
      expected: 'one of true, false',
      sentence:
        'The bell of terminals that show the dashboard or a session; through ssh, and without "system", also a notification of the terminal.',
      home: true,
    }),
    command: setting({
      check: command,
      default: null,
      expected: 'a list of texts, or a text: the program and its arguments',
      sentence:
        'A program that is started for each, without a shell. {task}, {project}, {kind} and {text} in its arguments are replaced; without any of them the template is its last argument.',
      example: '["my-notifier", "{text}"]',
      home: true,
    }),
    template: setting({
      check: text,
      default: '{project}: {text}',
      expected: 'a text',
      sentence: 'What the command is given to say.',
      home: true,
    }),
    voice: setting<string | null>({
      check: text,
      default: null,
      expected: 'a text',
      sentence: 'The voice, where the command is `say` of macOS; without it, its own choice.',
      example: '"Anna"',
      home: true,
    }),
    rate: setting<number | null>({
      check: z.int().min(1).max(1_000),
      default: null,
      expected: 'a whole number from 1 to 1000',
      sentence:
        'Words in a minute, where the command is `say` of macOS; without it, its own choice.',
      example: '200',
      home: true,
    }),
  },
};
