import type { App } from '#app.ts';
import { recordParked } from './update-status.ts';

/** Takes in what hooks could not commit themselves, each report once. Returns how many there were; throws while the database is busy. */
export function takeParked({ store }: Pick<App, 'store'>): number {
  return store.drain((report) => void recordParked(store, report));
}
