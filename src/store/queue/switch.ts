import type { NewEvent } from '#domain/event.ts';
import type { ShortMemory } from '#domain/queue/memory.ts';
import type { QueueSwitch } from '#domain/queue/switch.ts';
import { statement } from '#store/columns.ts';
import type { Events } from '#store/events.ts';
import type { Db } from '#store/open.ts';

/** The one row of the switch of the whole queue. */
export interface QueueSwitchRow {
  read(): QueueSwitch;
  set(queue: QueueSwitch, event: NewEvent): void;
  /** null while memory is not short, or nobody has looked. */
  shortMemory(): ShortMemory | null;
  setShortMemory(short: ShortMemory | null): void;
}

export function createQueueSwitch(db: Db, events: Events): QueueSwitchRow {
  return {
    read: () =>
      statement(
        db,
        'select paused_at pausedAt, pause_reason pauseReason from queue',
      ).get() as QueueSwitch,
    set(queue, event) {
      statement(db, 'update queue set paused_at = @pausedAt, pause_reason = @pauseReason').run(
        queue,
      );
      events.append(event);
    },
    shortMemory() {
      const { freeMb, wantedMb } = statement(
        db,
        'select free_mb freeMb, wanted_mb wantedMb from queue',
      ).get() as { freeMb: number | null; wantedMb: number | null };
      return freeMb === null || wantedMb === null ? null : { freeMb, wantedMb };
    },
    setShortMemory: (short) =>
      void statement(db, 'update queue set free_mb = @freeMb, wanted_mb = @wantedMb').run(
        short ?? { freeMb: null, wantedMb: null },
      ),
  };
}
