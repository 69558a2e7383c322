import { ClaustreError } from '#domain/error.ts';
import { gitFailure, knownRefusal } from './errors.ts';
import type { GitOptions, RunGit } from './invoke.ts';

/**
 * Runs git where only success is an answer and returns its output without the final line end. A known failure is thrown with the
 * sentence of the table; operations that may answer "no" turn it into a refusal at one place with `refusingKnown`.
 */
export async function read(
  git: RunGit,
  directory: string,
  args: readonly string[],
  options?: GitOptions,
): Promise<string> {
  const result = await git(directory, args, options);
  if (result.exitCode === 0) return result.stdout.replace(/\n$/, '');
  const known = knownRefusal(result);
  if (!known) throw gitFailure(`"git ${args[0] ?? ''}" failed`, args, result);
  throw new ClaustreError(known.code, known.reason, {
    ...(known.hint === undefined ? {} : { hint: known.hint }),
    details: {
      args,
      exitCode: result.exitCode,
      stderr: result.stderr.slice(-2000),
    },
  });
}

/** The fields of an output that ends each of them with NUL. */
export function nulFields(output: string): string[] {
  return output.split('\0').filter((field) => field !== '');
}

/** Runs the work over the items, at most `width` at a time. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}
