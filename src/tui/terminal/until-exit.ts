import type { Instance } from 'ink';
import { type Ending, endOnSignals } from './signals.ts';

/**
 * Ends with the dashboard, and returns its exit code. A crash anywhere and a signal end it too, so that the terminal is given back before
 * anything is printed.
 */
export async function untilExit(
  ink: Pick<Instance, 'waitUntilExit'>,
  onCrash: (error: unknown) => void,
  ending: Ending,
): Promise<number> {
  const asked = endOnSignals(ending);
  process.on('uncaughtException', onCrash);
  process.on('unhandledRejection', onCrash);
  try {
    await ink.waitUntilExit();
    return asked.code();
  } finally {
    asked.stop();
    process.off('uncaughtException', onCrash);
    process.off('unhandledRejection', onCrash);
  }
}
