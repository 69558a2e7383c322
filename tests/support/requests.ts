import { type Request, readAsked } from '#domain/claude/request.ts';
import { SESSION_ID } from './seed-session.ts';

/** What Claude offers to allow from now on, as it does for a command. */
export const offersCommand = (command: string) => [
  {
    type: 'addRules',
    rules: [{ toolName: 'Bash', ruleContent: command }],
    behavior: 'allow',
    destination: 'localSettings',
  },
];

/** Payloads of Claude's PermissionRequest hook. */
export const ASKS_BASH = {
  hook_event_name: 'PermissionRequest',
  tool_name: 'Bash',
  tool_input: { command: 'npm test', description: 'run the tests' },
  permission_suggestions: offersCommand('npm test'),
};

export const ASKS_QUESTIONS = {
  hook_event_name: 'PermissionRequest',
  tool_name: 'AskUserQuestion',
  tool_input: {
    questions: [
      {
        question: 'Which db?',
        header: 'DB',
        options: [
          { label: 'SQLite', description: 'one file' },
          { label: 'Postgres', description: 'a server' },
        ],
        multiSelect: false,
      },
      {
        question: 'Which features?',
        header: 'Features',
        options: [
          { label: 'Login', description: '' },
          { label: 'Mail', description: '' },
          { label: 'Logs', description: '' },
        ],
        multiSelect: true,
      },
    ],
  },
};

export const ASKS_PLAN = {
  hook_event_name: 'PermissionRequest',
  tool_name: 'ExitPlanMode',
  tool_input: { plan: '# Plan\n1. do\n2. done', planFilePath: '/plans/x.md' },
};

/** An open request as a hook that waits has recorded it. */
export function aRequest(changes: Partial<Request> = {}, payload: object = ASKS_BASH): Request {
  return {
    ...readAsked({ ...payload }),
    id: 'request-1',
    sessionId: SESSION_ID,
    taskId: 1,
    askedAt: 1_000,
    waiter: 7,
    answer: null,
    closedAt: null,
    closedBy: null,
    ...changes,
  };
}
