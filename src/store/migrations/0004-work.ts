/**
 * What is read again and again while a session works: the numbers of its work, its newest tool call, how far its conversations were read; and how
 * long each attempt worked (null: nobody has counted).
 */
export const work = {
  name: '0004-work',
  sql: `
alter table attempts add column worked_ms integer;

create table progress (
  session_id text primary key references sessions(id) on delete cascade,
  ahead integer,
  behind integer,
  files integer,
  added integer,
  deleted integer,
  cut integer not null default 0 check (cut in (0, 1)),
  read_at_ms integer,
  doing text,
  doing_since_ms integer
) strict, without rowid;

-- What was read stays known when its task is deleted: taken back, it must not be counted again.
create table transcripts (
  path text primary key,
  session_id text not null,
  read_bytes integer not null,
  recent text not null
) strict, without rowid;
create index transcripts_by_session on transcripts(session_id);
`,
} as const;
