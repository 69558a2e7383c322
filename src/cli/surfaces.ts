/** Commands that are no operations, as help, completion and the reference tell of them. `main.ts` says what each runs. */
export const SURFACES = {
  dashboard: {
    usage: 'dashboard',
    summary: 'Open the dashboard (also without any command).',
    options: [{ flags: '--screen-reader', summary: 'in plain lines, for a screen reader' }],
  },
  demo: {
    usage: 'demo',
    summary: 'Show the main job with a stand-in agent: no account, no network.',
  },
  supervise: {
    usage: 'supervise',
    summary: 'Run the clock.',
    hidden: true,
  },
  reviewLoop: {
    usage: 'review-loop',
    summary: 'Work on review comments, in the pane of a session.',
    options: [{ flags: '--session-id <id>', summary: 'the session that it belongs to' }],
    hidden: true,
  },
  headless: {
    usage: 'headless',
    summary: 'Run one turn of a Claude that prints, in the pane of a session.',
    options: [{ flags: '--session-id <id>', summary: 'the session that it belongs to' }],
    hidden: true,
  },
} as const;
