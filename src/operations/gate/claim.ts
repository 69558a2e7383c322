import type { App } from '#app.ts';

/** Between two looks whether somebody else is through. */
const WAIT_MS = 250;

/** Waits until this can be taken; returns the function that gives it back. Whoever holds it is bounded in time, or gone with its process. */
export async function whenFree(
  { clock }: Pick<App, 'clock'>,
  take: () => (() => void) | null,
): Promise<() => void> {
  let giveBack = take();
  while (giveBack === null) {
    await clock.wait(WAIT_MS);
    giveBack = take();
  }
  return giveBack;
}
