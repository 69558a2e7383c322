import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './support/source-tree.ts';

/** A feature of the first claustre's screens: what it is here, and the tests (file without ending, title) that would fail without it. */
interface Feature {
  readonly what: string;
  readonly shown: readonly (readonly [file: string, title: string])[];
  /** Done differently on purpose: docs/decisions says how and why. */
  readonly differs?: true;
}

const QUEUE_ORDER = 'is in the order in which a person acts, done last';
const FILTER = 'narrows while it is typed; Enter keeps it, Esc takes it off';

const FEATURES: Readonly<Record<string, Feature>> = {
  'F-028': {
    what: 'a command that runs the review loop of a session',
    shown: [
      ['review-loop/start', 'it works on what is new at once, answers it, and shows both'],
      ['review-loop/start', 'where nothing is new nothing runs, however often it looks'],
    ],
    differs: true,
  },
  'F-040': {
    what: 'title, panels and two rows at the bottom that are always there; tabs while there are sessions',
    shown: [
      ['frames', 'fills the terminal and never overflows it, whatever its size'],
      ['tui/layout', 'has a row of tabs from 72 columns and 24 rows on, when there are sessions'],
    ],
  },
  'F-041': {
    what: 'the title bar says the name and what has to be known first',
    shown: [['frames', '$scene at $columns x $rows is as it was']],
    differs: true,
  },
  'F-042': {
    what: 'projects and figures at the left, queue above session at the right',
    shown: [['tui/layout', 'fills the main area without a gap or an overlap at every size']],
    differs: true,
  },
  'F-043': {
    what: 'the panel with the focus is marked',
    shown: [['tui/use-keyboard', 'Tab, h, 2 and 3 move the focus']],
    differs: true,
  },
  'F-044': {
    what: 'projects with the number of tasks in each status',
    shown: [['tui/queue', 'tasks are counted by status']],
  },
  'F-045': {
    what: 'statistics of the project',
    shown: [
      ['tui/panels/statistics-panel', 'statistics say what is known, and – for the rest'],
      ['operations/project/stats', 'the statistics of a project are of its own tasks'],
    ],
    differs: true,
  },
  'F-046': {
    what: 'position, count and filter in the title of the queue',
    shown: [
      ['tui/use-keyboard', FILTER],
      ['frames', '$scene at $columns x $rows is as it was'],
    ],
  },
  'F-047': {
    what: 'a row with status, title, steps, checks and pull request',
    shown: [
      ['tui/panels/task-line', 'says status, number, title, steps and what Claude asks'],
      ['tui/panels/task-line', 'says checks and pull request'],
    ],
    differs: true,
  },
  'F-048': {
    what: 'an order by what is to be done, and a window that follows the selection',
    shown: [
      ['tui/queue', QUEUE_ORDER],
      ['tui/view', 'the window follows the selection'],
    ],
    differs: true,
  },
  'F-049': {
    what: 'the session: branch, status, message, files, tokens, activity, todos, pull request',
    shown: [
      ['tui/panels/session-lines', 'say status, branch, what Claude does and who said so when'],
      [
        'tui/panels/session-lines',
        'say how far the work and its base are apart, what changed, and when that was read',
      ],
      ['tui/panels/session-lines', 'say progress, tokens, cost and context'],
      ['tui/panels/todo-lines', 'is shown around the entry that is worked on'],
      [
        'tui/panels/session-lines',
        'say what is known of the pull request and since when it is stale',
      ],
    ],
  },
  'F-050': {
    what: 'bars of the two windows of the account, with reset and colour',
    shown: [
      ['tui/panels/usage-panel', 'a limit is a bar, a figure and the time of its reset'],
      ['tui/panels/usage-panel', 'an unknown limit, or one whose reset is over, is no figure'],
      ['tui/panels/usage-panel', 'a bar never leaves its room'],
    ],
    differs: true,
  },
  'F-051': {
    what: 'the status line: what is typed, what happened, what waits',
    shown: [
      ['tui/toasts', 'make way for the next at once and do not come back'],
      [
        'tui/calm/trouble',
        'what is wrong is shown as long as it is so, beside what is said meanwhile',
      ],
    ],
  },
  'F-052': {
    what: 'hints of the keys that mean something here',
    shown: [
      ['tui/panels/hint-line', 'are those of the focused panel, made of the keymap'],
      ['tui/panels/hint-line', 'are few, and only of what can be done with what is selected'],
    ],
  },
  'F-053': {
    what: 'a sign that turns while Claude works',
    shown: [
      [
        'tui/calm/spinner',
        'a sign turns four times a second, and nothing is written when none does',
      ],
    ],
  },
  'F-054': {
    what: 'messages that go by themselves',
    shown: [['tui/toasts', 'stand for four seconds, errors for eight']],
  },
  'F-060': {
    what: 'wheel and clicks on lists and tabs',
    shown: [
      ['tui/mouse/act', 'moves the selection of the list below it and leaves the focus'],
      ['tui/mouse/act', 'gives a panel the focus and selects the row'],
      ['tui/mouse/act', 'on a tab selects its task, and the wheel there goes from one to the next'],
    ],
  },
  'F-070': {
    what: 'help made of the table of keys',
    shown: [
      ['tui/dialogs/kinds', 'help is made of the keymap, found by typing and closed with Esc or ?'],
      [
        'tui/use-keyboard',
        'help begins with the keys of where one is, over a dialog too, and leads back to it',
      ],
    ],
  },
  'F-071': {
    what: 'a palette of commands',
    shown: [
      ['tui/dialogs/palette/kind', 'shows the key of each command, and why one cannot be done now'],
      ['tui/dialogs/palette/kind', 'selects with arrows and stays within what was found'],
    ],
  },
  'F-072': {
    what: 'the whole task, scrolled',
    shown: [['tui/dialogs/kinds', 'details show the whole task and scroll']],
  },
  'F-073': {
    what: 'a question before something is deleted, and the deletion',
    shown: [
      ['tui/use-keyboard', 'a y that was typed together with the k answers nothing'],
      ['operations/task/remove', 'a removed task comes back with its row, steps and conversation'],
      ['operations/project/remove', 'a project goes with its tasks, and its repository stays'],
    ],
  },
  'F-074': { what: 'a filter of the queue', shown: [['tui/use-keyboard', FILTER]] },
  'F-075': {
    what: 'Claude’s permissions, looked at and completed',
    shown: [],
    differs: true,
  },
  'F-080': {
    what: 'a form of seven fields, the prompt first',
    shown: [
      ['tui/dialogs/task/form', 'has seven fields, the prompt first, and Tab goes round both ways'],
    ],
  },
  'F-081': {
    what: 'what the form begins with',
    shown: [
      ['tui/dialogs/kinds', 'is created with Enter and selected'],
      ['operations/task/add', 'is pending with the defaults of the configuration'],
    ],
  },
  'F-082': {
    what: 'choices that arrows change',
    shown: [
      ['tui/dialogs/task/form', 'arrows go through the choices of mode, push and loop, both ways'],
    ],
  },
  'A-8': {
    what: 'the review loop of tasks with Loop turned on',
    shown: [
      [
        'operations/review/open-panes',
        'a task in review with its loop turned on gets its pane below Claude, without the focus',
      ],
      [
        'journeys/review-loop',
        'a comment is judged, fixed, pushed, answered and resolved once, beside the task’s own Claude',
      ],
      [
        'operations/round/step',
        'the review loop makes it automatic for checks, and leaves comments alone',
      ],
    ],
    differs: true,
  },
  'A-9': {
    what: 'pull requests are read, and their tasks follow',
    shown: [
      [
        'supervisor/pull-requests',
        'takes one request for twenty, however many projects they belong to',
      ],
      [
        'operations/pull-request/refresh',
        'failing checks, a conflict and their end move the task, each with its event',
      ],
      [
        'journeys/pull-request',
        'what cannot be read of GitHub changes nothing and is shown as unknown',
      ],
    ],
    differs: true,
  },
  'F-162': {
    what: 'you are told of a new pull request, and of what happens to it',
    shown: [
      [
        'journeys/turn',
        'a review says whose turn it is, what speaks for it, and each change is told once',
      ],
    ],
    differs: true,
  },
  'F-083': {
    what: 'Enter makes the task',
    shown: [
      ['tui/dialogs/task/form', 'Enter submits from every field'],
      ['tui/dialogs/kinds', 'is created with Enter and selected'],
      ['operations/task/add', 'an exploration may be added without a word'],
    ],
    differs: true,
  },
  'F-084': {
    what: 'Esc keeps what was written as a draft',
    shown: [
      [
        'tui/dialogs/kinds',
        'left with Esc is kept as a draft, and nothing is kept when nothing was typed',
      ],
    ],
  },
  'F-085': {
    what: 'the same form for a task that is changed',
    shown: [
      ['tui/dialogs/kinds', 'says only what was changed, and Enter makes a draft pending'],
      ['tui/dialogs/kinds', 'Esc saves what was changed and leaves the status alone'],
    ],
  },
  'F-086': {
    what: 'a prompt that wraps, grows and scrolls',
    shown: [
      [
        'tui/widgets/text-layout',
        'loses nothing and no row is wider than the field, but for a space at its end',
      ],
      ['tui/widgets/text-field', 'a text longer than its field is scrolled to the cursor'],
      ['frames', '$name at $columns x $rows is as it was'],
    ],
  },
  'F-087': {
    what: 'steps: added, changed, deleted',
    shown: [
      [
        'tui/dialogs/item-list',
        'Enter on a selected item edits it, Enter saves, Esc leaves it as it was',
      ],
      ['tui/dialogs/item-list', '%s deletes the selected item and selects the next'],
      ['tui/dialogs/item-list', 'arrows select from the input upwards and come back to it'],
    ],
    differs: true,
  },
  'F-088': {
    what: 'hints of the field that is written in',
    shown: [['tui/panels/hint-line', 'of a form are those of the field that has the focus']],
  },
  'F-090': {
    what: 'a form for a project',
    shown: [
      [
        'tui/dialogs/project/form',
        'Tab and arrows change the field, Enter submits from both, Esc leaves',
      ],
    ],
    differs: true,
  },
  'F-091': {
    what: 'folders offered while a path is written',
    shown: [
      ['tui/dialogs/project/kind', 'offers folders while it is typed, and leads on into them'],
      [
        'tui/dialogs/project/form',
        'Esc sends only the folders away; at a repository and for another text there are none',
      ],
    ],
  },
  'F-092': {
    what: 'what is refused keeps the form and its words',
    shown: [['tui/dialogs/project/kind', 'that is refused keeps the form with the reason']],
  },
  'F-095': {
    what: 'the steps of a task in a panel of their own',
    shown: [['tui/dialogs/kinds', 'are added, edited and deleted; each change is saved']],
    differs: true,
  },
  'F-120': {
    what: 'a tab for each open session',
    shown: [
      [
        'tui/sessions/tabs',
        'are those of all projects, oldest session first, with sign, number and title',
      ],
    ],
    differs: true,
  },
  'F-121': {
    what: 'tabs that are cut alike, then a window around the current one',
    shown: [
      [
        'tui/sessions/tabs',
        'are cut to the same length, and a short one gives away what it does not need',
      ],
      [
        'tui/sessions/tabs',
        'become a window around the selected one when less than twelve cells of each were left',
      ],
      ['tui/sessions/tabs', 'never overlap, never leave the row, and are found where they stand'],
    ],
  },
  'F-123': {
    what: 'keys of panes',
    shown: [
      [
        'tui/use-keyboard',
        'in the session panel keys split, zoom and change panes; closing asks where it must',
      ],
      ['journeys/typing', 'what is typed reaches Claude, and the one key comes back'],
    ],
    differs: true,
  },
  'F-125': {
    what: 'keys arrive as the program in the pane wants them',
    shown: [['journeys/typing', 'keys, pastes and the mouse arrive as the program wants them']],
  },
  'F-126': {
    what: 'a paste is marked as one where the program asked for it',
    shown: [['tui/typing/pane', 'gets marks around a paste only where it asked for them']],
    differs: true,
  },
  'F-127': {
    what: 'scrolling back, selecting and copying',
    shown: [
      [
        'journeys/typing',
        'the wheel scrolls back, and what is selected with the mouse is in the clipboard',
      ],
    ],
    differs: true,
  },
  'F-131': {
    what: 'a pane has the size of its cells',
    shown: [
      ['tui/typing/pane', 'has the size of its cells; moved alone it is drawn again as it is'],
      ['journeys/typing', 'at every size it shows what the pane shows, wide letters and all'],
    ],
  },
  'F-132': {
    what: 'colours and looks of a pane',
    shown: [['tui/picture/rows', 'a pane of tmux, captured, looks as the program drew it']],
  },
  'F-140': {
    what: 'statuses with a symbol each',
    shown: [['format/status', 'no two statuses look the same']],
    differs: true,
  },
  'F-150': {
    what: 'settings that are wrong are told',
    shown: [['tui/start', 'settings of keys that cannot be used are told with file and line']],
    differs: true,
  },
};

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('what the first claustre showed', () => {
  const pairs = Object.entries(FEATURES).flatMap(([id, { shown }]) =>
    shown.map(([file, title]) => ({ id, file, title })),
  );

  test.each(pairs)('$id is covered: $file, $title', ({ file, title }) => {
    expect(read(`tests/${file}.test.ts`)).toContain(`'${title}'`);
  });

  test('what is done differently, or not at all, has its reason in the decisions', () => {
    const reasons = read('docs/decisions/0012-where-it-differs-from-the-first.md');
    const differing = Object.entries(FEATURES).flatMap(([id, { shown, differs }]) =>
      differs || shown.length === 0 ? [id] : [],
    );
    expect(differing.filter((id) => !reasons.includes(id))).toEqual([]);
  });
});
