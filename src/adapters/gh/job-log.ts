import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { quote } from './failure.ts';
import type { Rest } from './request.ts';

/** A log may be long; a longer one than this is read in the browser. */
const LIMITS = { timeoutMs: 60_000, maxOutputBytes: 64 * 1024 * 1024 };

/**
 * The whole log of one job of GitHub's own, as it came. Newer versions of gh refuse text with escape
 * sequences unless they are told to let it pass, older ones do not know how to be told.
 */
export async function readJobLog(
  rest: Rest,
  host: string,
  repository: string,
  job: number,
): Promise<string | Refusal> {
  const path = `repos/${repository}/actions/jobs/${job}/logs`;
  const told = await rest(host, [path, '--allow-escape-sequences'], LIMITS);
  if (isRefusal(told)) return told;
  const isOld = told.exitCode !== 0 && /unknown flag: --allow-escape-sequences/.test(told.stderr);
  const result = isOld ? await rest(host, [path], LIMITS) : told;
  if (isRefusal(result)) return result;
  if (result.exitCode === 0 && result.stdout.trim() !== '') return result.stdout;
  const status = /\(HTTP (\d{3})\)/.exec(result.stderr)?.[1];
  if (result.exitCode === 0 || status === '404' || status === '410') {
    return refuse(
      'GitHub has no log of it.',
      'A log appears when its job has ended, and is deleted after some time.',
      'not_found',
    );
  }
  const message = quote(result.stderr) || 'it did not say why';
  return refuse(`The log could not be read: ${message}`, undefined, 'environment');
}
