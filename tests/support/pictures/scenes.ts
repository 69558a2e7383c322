import type { Camera } from './camera.ts';

/** One picture: what is done on the dashboard until it can be taken. What is typed into a pane stands in those that follow. */
export interface Scene {
  /** Of its file in docs/pictures/. */
  readonly name: string;
  /** For somebody who does not see it. */
  readonly title: string;
  readonly columns: number;
  readonly rows: number;
  readonly theme?: 'light';
  play(camera: Camera): Promise<void>;
}

async function open(camera: Camera): Promise<void> {
  await camera.sees('Sort the menu');
  await camera.selects('yen, too');
  await camera.sees('esc to interrupt');
}

export const SCENES: readonly Scene[] = [
  {
    name: 'dashboard',
    title: 'The dashboard of claustre',
    columns: 120,
    rows: 36,
    play: open,
  },
  {
    name: 'needs-you',
    title: 'What needs you: a permission that two sessions ask for',
    columns: 104,
    rows: 28,
    async play(camera) {
      await camera.sees('Sort the menu');
      camera.press('w');
      await camera.sees('Needs you');
      camera.press('j', 'j');
      await camera.sees('▸ permission');
    },
  },
  {
    name: 'diff',
    title: 'The diff of a task, with the draft of a comment',
    columns: 104,
    rows: 32,
    async play(camera) {
      await camera.sees('Sort the menu');
      await camera.selects('日本円');
      camera.press('D');
      await camera.sees('Diff of #2');
      camera.press('/');
      camera.type('round(back)');
      await camera.sees('Round down here');
      camera.press('Enter');
      await camera.sees('c comment');
      await camera.sees(/▸ +12 \+/);
    },
  },
  {
    name: 'palette',
    title: 'The palette: every command, found by typing',
    columns: 104,
    rows: 28,
    async play(camera) {
      await open(camera);
      camera.press(':');
      await camera.sees('launch');
      await camera.sees('has no pull request');
    },
  },
  {
    name: 'form',
    title: 'The form of a new task',
    columns: 104,
    rows: 30,
    async play(camera) {
      await open(camera);
      camera.press('n');
      await camera.sees('New task');
      camera.type('Tell guests how long their tea still has to draw.');
      camera.press('M-Enter');
      camera.type('A small clock beside each cup; no sound.');
      await camera.sees('no sound.');
      camera.press('Tab', 'Right', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab');
      camera.type('Read how long each tea draws');
      camera.press('Enter');
      camera.type('Draw the clock');
      await camera.sees('Draw the clock');
    },
  },
  {
    name: 'narrow',
    title: 'The dashboard in 60 columns',
    columns: 60,
    rows: 22,
    play: (camera) => camera.sees('Sort the menu'),
  },
  {
    name: 'light',
    title: 'The dashboard with the light theme',
    columns: 104,
    rows: 32,
    theme: 'light',
    play: open,
  },
  {
    name: 'typing',
    title: 'Typing into the pane of a session from the dashboard',
    columns: 120,
    rows: 36,
    async play(camera) {
      await open(camera);
      camera.press('i');
      await camera.sees('Ctrl+Q');
      camera.type('Show the rate of yesterday where there is none of today');
      await camera.sees('none of today');
    },
  },
];
