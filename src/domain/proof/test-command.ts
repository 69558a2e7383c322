/** A command of a shell's that runs tests or another gate, and whether the shell's exit code is its own. */
export interface TestCommand {
  /** The command alone, without what stands around it. */
  text: string;
  /** What follows it decides about the exit code, or it goes on in the background. */
  masked: boolean;
}

/** Words before a command that change nothing about what it is. */
const BEFORE =
  /^(?:(?:[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\S*)|time|env|exec|command|sudo|nice|xvfb-run|timeout(?: -\S+)* \S+|npx(?: -\S+)*|bunx|pnpm(?: exec| dlx)|yarn(?: exec| dlx)|uv run|poetry run|pipenv run|hatch run|bundle exec|docker compose exec(?: -\S+)* \S+)\s+)+/;

const GATES = 'test|tests|check|lint|typecheck|type-check|verify|ci|unit|e2e|integration|spec';

const RUNNERS: readonly RegExp[] = [
  new RegExp(
    `^(?:npm|pnpm|yarn|bun)(?: --?\\S+)*(?: run| run-script)?(?: --?\\S+)* (?:t|${GATES})(?:[:\\-.]\\S+)?(?: |$)`,
  ),
  /^(?:vitest|jest|mocha|ava|tap|karma start|playwright test|cypress run|wdio|tsc|eslint|biome (?:ci|check|lint)|ruff check|mypy|pyright|flake8|pylint|golangci-lint)(?: |$)/,
  /^(?:python[\d.]* -m )?(?:pytest|unittest|nose2|tox|nox)(?: |$)/,
  /^python[\d.]* (?:\S*\/)?manage\.py test(?: |$)/,
  /^cargo (?:\+\S+ )?(?:test|nextest run|clippy|check)(?: |$)/,
  /^go (?:test|vet)(?: |$)/,
  new RegExp(
    `^(?:make|gmake|just|task|rake|bin/rails|rails|mage|invoke|nx|turbo|turbo run|moon run|lein|composer|deno|bun|swift|dotnet|mix|flutter|dart|bazel|bazelisk|buck2|zig build|stack|cabal|sbt|elm-test|meson)(?: -\\S+)* (?:${GATES})(?:[:\\-.]\\S+)?(?: |$)`,
  ),
  /^(?:\.\/|\S+\/)?(?:gradlew?|mvnw?)(?: \S+)*? (?::?\S*:)?(?:test|check|verify)(?: |$)/,
  /^(?:rspec|(?:vendor\/bin\/|\.\/vendor\/bin\/)?(?:phpunit|pest)|ctest|elm-test|busted|bats|prove)(?: |$)/,
  /^node (?:--\S+ )*--test(?: |$)/,
  /^(?:\.\/|(?:ba|z)?sh (?:\.\/)?)(?:\S+\/)?(?:run-?)?(?:tests?|check|ci)(?:\.sh)?(?: |$)/,
];

const NO_RUN =
  /(?:^| )(?:--help|-h|--version|--list|--list-tests|--collect-only|--showConfig|--init|--watch)(?: |=|$)/;

/** The last command in a line of Bash's that runs tests; null when none does. */
export function testCommand(line: string): TestCommand | null {
  const parts = split(line);
  const at = parts.findLastIndex(({ text }) => runsTests(text));
  const part = parts[at];
  if (part === undefined) return null;
  // After `&&` nothing runs when it failed, and an end with another code than 0 is an end that failed.
  const masked = parts.slice(at).some(({ then }, index, rest) => {
    const isLast = index === rest.length - 1;
    return !isLast ? then !== '&&' : then === '&';
  });
  return { text: part.text, masked };
}

function runsTests(text: string): boolean {
  const bare = text.replace(BEFORE, '');
  return !NO_RUN.test(bare) && RUNNERS.some((runner) => runner.test(bare));
}

interface Part {
  text: string;
  /** The operator behind it; empty for the last one. */
  then: string;
}

/** The commands of a line, as far as quotes and operators tell them apart. */
function split(line: string): Part[] {
  const parts: Part[] = [];
  let text = '';
  let quote = '';
  const end = (then: string): void => {
    const clean = text
      .replace(/\s+\d*>{1,2}(?:&\d|\s*\S+)/g, '')
      .replace(/^[\s({]+|[\s)}]+$/g, '')
      .replace(/\s+/g, ' ');
    if (clean !== '') parts.push({ text: clean, then });
    else if (parts.length > 0 && then !== '')
      parts[parts.length - 1] = { ...(parts.at(-1) as Part), then };
    text = '';
  };
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
      text += char;
    } else if (char === '\\') {
      at += 1;
      text += line[at] === '\n' ? ' ' : `\\${line[at] ?? ''}`;
    } else if (char === '"' || char === "'") {
      quote = char;
      text += char;
    } else if (char === '&' && (line[at - 1] === '>' || line[at + 1] === '>')) {
      text += char;
    } else if (';|&\n'.includes(char)) {
      const double = line[at + 1] === char && char !== '\n';
      if (double) at += 1;
      end(double ? char + char : char);
    } else text += char;
  }
  end('');
  return parts;
}
