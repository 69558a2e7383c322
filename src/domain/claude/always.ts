import { type Json, list, oneLine, record, text } from './payload.ts';

/** More than this Claude never offers at once. */
const MOST = 10;
const MAX_WORDS = 300;

/** One thing that Claude offers to allow from now on, with words for people. */
interface Offer {
  words: string;
  update: Json;
}

/**
 * What a yes for the whole session allows besides the one call, as Claude takes it: what its own dialog would offer, but never beyond the
 * session, and never the end of all asking. Empty when it offers nothing.
 */
export function sessionPermissions(payload: Json): Json[] {
  return offersIn(payload).map(({ update }) => update);
}

/** The same for people, in one line; null when Claude offers nothing. */
export function alwaysWords(payload: Json): string | null {
  const words = offersIn(payload).map((offer) => offer.words);
  return words.length === 0 ? null : oneLine(words.join(', '), MAX_WORDS);
}

function offersIn(payload: Json): Offer[] {
  return list(payload.permission_suggestions)
    .slice(0, MOST)
    .flatMap((each) => offerOf(record(each)) ?? []);
}

function offerOf(given: Json): Offer | null {
  const update = { ...given, destination: 'session' };
  switch (given.type) {
    case 'addRules': {
      const rules = list(given.rules).map((rule) => ruleWords(record(rule)));
      const words = rules.filter((rule) => rule !== null);
      const isPlain = given.behavior === 'allow' && words.length > 0;
      return isPlain && words.length === rules.length ? { words: words.join(', '), update } : null;
    }
    case 'addDirectories': {
      const folders = list(given.directories).filter((folder) => typeof folder === 'string');
      return folders.length > 0 ? { words: `work in ${folders.join(', ')}`, update } : null;
    }
    case 'setMode':
      return given.mode === 'acceptEdits' ? { words: 'all edits of files', update } : null;
    default:
      return null;
  }
}

/** As Claude writes rules: `Bash(npm test)`. */
function ruleWords(rule: Json): string | null {
  const tool = text(rule, 'toolName');
  const content = text(rule, 'ruleContent');
  return tool === null || content === null ? tool : `${tool}(${content})`;
}
