import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from './world.ts';

/** The files of the demo's repository before anybody works on it. */
const FILES = {
  'README.md': '# The tea house\n\nWhat we serve is in menu.txt, when we serve it in hours.txt.\n',
  'menu.txt': 'Tea of the day: Assam\nCake: apple pie\n',
  'hours.txt': 'Monday to Saturday: 10 to 18\nSunday: closed\n',
  'old-prices.txt': 'Assam: 2.10\nApple pie: 2.80\n',
} as const;

export interface DemoTask {
  title: string;
  prompt: string;
}

const commit = (title: string): string => `git commit -q -m '${title}' && git log --oneline -1`;

/** A task for the stand-in: its words for people, and the commands that a model would have found out by itself. */
function task(title: string, words: string, file: string, lines: readonly string[]): DemoTask {
  const printed = lines.map((line) => `'${line}'`).join(' ');
  const prompt = [
    words,
    '```sleep 1\n```',
    `\`\`\`sh\nprintf '%s\\n' ${printed} > ${file}\n\`\`\``,
    `\`\`\`sh\ngit add ${file} && ${commit(title)}\n\`\`\``,
  ];
  return { title, prompt: prompt.join('\n\n') };
}

/** Two tasks that change different files, and one that changes the same line as the first. */
export const DEMO_TASKS: readonly [DemoTask, DemoTask, DemoTask] = [
  task('Serve Darjeeling today', 'The tea of the day is Darjeeling.', 'menu.txt', [
    'Tea of the day: Darjeeling',
    'Cake: apple pie',
  ]),
  task('Open on Sundays', 'We open on Sundays from 12 to 17.', 'hours.txt', [
    'Monday to Saturday: 10 to 18',
    'Sunday: 12 to 17',
  ]),
  task('Serve Oolong today', 'The tea of the day is Oolong.', 'menu.txt', [
    'Tea of the day: Oolong',
    'Cake: apple pie',
  ]),
];

/** Two more, which wait for a person: one for a permission, one for the answer to a question. Nobody is there to answer without a terminal. */
export const ASKING_TASKS: readonly DemoTask[] = [
  {
    title: 'Throw the old prices away',
    prompt: [
      'Nobody reads old-prices.txt any more.',
      '```sh\ngrep -rn old-prices . --include=*.txt || true\n```',
      '```sh ask Remove the old prices\ngit rm -q old-prices.txt\n```',
      `\`\`\`sh\n${commit('Throw the old prices away')}\n\`\`\``,
    ].join('\n\n'),
  },
  {
    title: 'A cake for Sundays',
    prompt: [
      'We need a cake that there is on Sundays only.',
      '```question\nWhich cake is it on Sundays?\n- Carrot cake\n- Cheesecake\n- Lemon tart\n```',
      '```sh\nprintf \'On Sundays: %s\\n\' "$ANSWER" > sunday.txt\n```',
      `\`\`\`sh\ngit add sunday.txt && ${commit('A cake for Sundays')}\n\`\`\``,
    ].join('\n\n'),
  },
];

/** What the agent of the third task is told when its line turned out to be taken. */
export const RESOLVE = [
  'Another task has changed the same line. Merge main and serve both teas.',
  '```sh\ngit merge -q main || true\n```',
  "```sh\nprintf '%s\\n' 'Tea of the day: Darjeeling or Oolong' 'Cake: apple pie' > menu.txt\n```",
  "```sh\ngit add menu.txt && git commit -q -m 'Merge main: serve both teas' && git log --oneline -1\n```",
].join('\n\n');

/** The files as they must be on main in the end. */
export const EXPECTED: Readonly<Record<string, string>> = {
  'README.md': FILES['README.md'],
  'menu.txt': 'Tea of the day: Darjeeling or Oolong\nCake: apple pie\n',
  'hours.txt': 'Monday to Saturday: 10 to 18\nSunday: 12 to 17\n',
  'old-prices.txt': FILES['old-prices.txt'],
};

export async function createRepository({ repository, git }: World): Promise<void> {
  await git('init', '--quiet');
  // An older git knows no init.defaultBranch.
  await git('symbolic-ref', 'HEAD', 'refs/heads/main');
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(repository, name), text);
  await git('add', '.');
  await git('commit', '--quiet', '-m', 'Open the tea house');
}
