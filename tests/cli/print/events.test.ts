import { expect, test } from 'vitest';
import { printEvents } from '#cli/print/events.ts';
import { createPaint } from '#cli/style.ts';
import type { EventRow } from '#domain/event.ts';

const SHEET = { width: 80, paint: createPaint(false), now: Date.now() };

test('events are told one in a line, with their local time', () => {
  const at = new Date(2026, 0, 2, 9, 5).toISOString();
  const event: EventRow = {
    id: 1,
    at,
    projectId: 1,
    taskId: 1,
    sessionId: null,
    kind: 'task.move',
    source: 'person',
    data: { direction: 'up\u001b[2J' },
  };
  expect(printEvents([event], SHEET)).toBe(
    'WHEN              WHAT      WHO\n2026-01-02 09:05  moved up  person',
  );
  expect(printEvents([], SHEET)).toBe('Nothing has happened yet.');
});
