/** What Claude Code is called with, as far as claustre uses it. */
export interface Options {
  version: boolean;
  /** Prints one result instead of leading a conversation; the prompt comes on standard input. */
  print: boolean;
  outputFormat: string | null;
  jsonSchema: string | null;
  maxBudgetUsd: string | null;
  settings: string | null;
  sessionId: string | null;
  resume: string | null;
  systemPrompt: string | null;
  systemPromptFile: string | null;
  model: string | null;
  effort: string | null;
  permissionMode: string | null;
  prompt: string | null;
}

const VALUES: Record<string, Exclude<keyof Options, 'version' | 'print' | 'prompt'>> = {
  '--settings': 'settings',
  '--session-id': 'sessionId',
  '--resume': 'resume',
  '-r': 'resume',
  '--append-system-prompt': 'systemPrompt',
  '--append-system-prompt-file': 'systemPromptFile',
  '--model': 'model',
  '--effort': 'effort',
  '--permission-mode': 'permissionMode',
  '--output-format': 'outputFormat',
  '--json-schema': 'jsonSchema',
  '--max-budget-usd': 'maxBudgetUsd',
};

/** Options that take every word up to the next option. */
const LISTS = ['--disallowedTools', '--allowedTools', '--add-dir'];

/** Reads the arguments; a text is the error message of wrong ones. Of an option given twice the last one counts. */
export function readOptions(argv: readonly string[]): Options | string {
  const options: Options = {
    version: false,
    print: false,
    outputFormat: null,
    jsonSchema: null,
    maxBudgetUsd: null,
    settings: null,
    sessionId: null,
    resume: null,
    systemPrompt: null,
    systemPromptFile: null,
    model: null,
    effort: null,
    permissionMode: null,
    prompt: null,
  };
  const words = [...argv];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const name = VALUES[word];
    if (name !== undefined) {
      const value = words.shift();
      if (value === undefined) return `error: option '${word} <value>' argument missing`;
      options[name] = value;
    } else if (LISTS.includes(word)) {
      while (words[0] !== undefined && !words[0].startsWith('-')) words.shift();
    } else if (word === '--version' || word === '-v') options.version = true;
    else if (word === '--print' || word === '-p') options.print = true;
    // What is printed has all of it in any case.
    else if (word === '--verbose') continue;
    else if (word === '--') options.prompt = words.splice(0).join(' ') || null;
    else if (word.startsWith('-')) return `error: unknown option '${word}'`;
    else options.prompt = word;
  }
  return options;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
