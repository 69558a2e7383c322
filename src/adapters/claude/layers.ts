import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ClaustreError } from '#domain/error.ts';

/** Instructions for every prompt; more than this is a mistake rather than an instruction. */
const MAX_LAYER_BYTES = 256 * 1024;

/**
 * The person's `claude.md` and the project's `.claustre/claude.md`, in that order, joined by an empty line; null when neither says
 * anything. Throws `invalid` when one is too large, `environment` when one cannot be read.
 */
export function readLayers(global: string, repository: string): string | null {
  const texts = [global, join(repository, '.claustre', 'claude.md')].map(readLayer);
  const said = texts.filter((text) => text !== '');
  return said.length === 0 ? null : said.join('\n\n');
}

function readLayer(path: string): string {
  try {
    if (statSync(path).size > MAX_LAYER_BYTES) throw tooLarge(path);
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return '';
    if (error instanceof ClaustreError) throw error;
    throw new ClaustreError('environment', `The instructions in "${path}" cannot be read.`, {
      hint: 'Make the file readable for you, or remove it.',
      cause: error,
    });
  }
}

function tooLarge(path: string): ClaustreError {
  return new ClaustreError(
    'invalid',
    `The instructions in "${path}" are larger than ${MAX_LAYER_BYTES / 1024} kB.`,
    { hint: 'Shorten them: they are part of every prompt.' },
  );
}
