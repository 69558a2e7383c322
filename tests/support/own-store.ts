import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore, type Store } from '#store/store.ts';
import { tempDir } from './temp-dir.ts';

/** A real store in a data directory of this test alone; both go with the test. */
export function ownStore(): { store: Store; home: string } {
  const home = tempDir();
  const store = openStore(join(home, 'claustre.db'));
  onTestFinished(() => store.close());
  return { store, home };
}
