import type { Config } from '#app.ts';
import { ClaustreError } from '#domain/error.ts';

/**
 * The settings of a project, or null where they cannot be read: for what looks at many projects, of which a broken file of one must not hold
 * up the others. Whoever uses that project is told what is wrong with it.
 */
export function readableSettings(config: Config, path: string): Config['settings'] | null {
  try {
    return config.forProject(path);
  } catch (error) {
    if (error instanceof ClaustreError) return null;
    throw error;
  }
}
