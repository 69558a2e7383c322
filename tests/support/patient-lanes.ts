import { createLanes } from '#supervisor/lanes.ts';

/** Lanes whose every run waits for its work: real git takes its time on a busy machine. */
export const patientLanes = () => createLanes(60_000);
