/**
 * Waits until the probe answers with something other than false, null or undefined, and returns that. Tests wait for facts with it,
 * never for time to pass. Throws, naming what was awaited, when `timeoutMs` is over.
 */
export async function waitFor<T>(
  what: string,
  probe: () => T | Promise<T>,
  timeoutMs = 10_000,
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = Date.now() + timeoutMs;
  let failure: unknown;
  for (;;) {
    try {
      const value = await probe();
      if (value !== false && value !== null && value !== undefined) {
        return value as NonNullable<Exclude<T, false>>;
      }
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    if (Date.now() > deadline) {
      throw new Error(`Waited ${timeoutMs} ms for ${what}.`, { cause: failure });
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
