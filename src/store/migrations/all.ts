import { initial } from './0001-initial.ts';
import { requests } from './0002-requests.ts';
import { notifications } from './0003-notifications.ts';
import { work } from './0004-work.ts';
import { comments } from './0005-comments.ts';
import { always } from './0006-always.ts';
import { reviews } from './0007-reviews.ts';
import { queue } from './0008-queue.ts';

/** Append only: a released migration is never edited. Its position is the schema version that it leads to (1 for the first). */
export const MIGRATIONS: readonly { name: string; sql: string }[] = [
  initial,
  requests,
  notifications,
  work,
  comments,
  always,
  reviews,
  queue,
];
