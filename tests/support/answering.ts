import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Journey } from './journey.ts';

/** What the agent does besides what its prompt says, when that holds these words. */
export function answering(
  { repo, home }: Pick<Journey, 'repo' | 'home'>,
  words: string,
  answer: string,
): void {
  const hook = join(repo.root, 'hook.mjs');
  const added = { hookEventName: 'UserPromptSubmit', additionalContext: answer };
  const lines = [
    "import { readFileSync } from 'node:fs';",
    "const { prompt } = JSON.parse(readFileSync(0, 'utf8'));",
    `if (prompt.includes(${JSON.stringify(words)})) process.stdout.write(${JSON.stringify(JSON.stringify({ hookSpecificOutput: added }))});`,
  ];
  writeFileSync(hook, `${lines.join('\n')}\n`);
  mkdirSync(join(home, '.claude'), { recursive: true });
  const command = `'${process.execPath}' '${hook}'`;
  const hooks = { UserPromptSubmit: [{ hooks: [{ type: 'command', command }] }] };
  writeFileSync(join(home, '.claude', 'settings.json'), JSON.stringify({ hooks }));
}
