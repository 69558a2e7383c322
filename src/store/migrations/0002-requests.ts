/** What Claude asked of a person, and the answer until its hook has taken it. */
export const requests = {
  name: '0002-requests',
  sql: `
create table requests (
  id text primary key,
  session_id text not null references sessions(id) on delete cascade,
  task_id integer not null references tasks(id) on delete cascade,
  kind text not null check (kind in ('permission','question','plan')),
  tool text not null,
  detail text not null,
  agent text,
  body text not null,
  questions text not null,
  same_as text,
  asked_at_ms integer not null,
  waiter integer,
  answer text,
  closed_at_ms integer,
  closed_by text check (closed_by in ('answered','went_on','over'))
) strict, without rowid;
create index open_requests on requests(session_id, asked_at_ms) where closed_at_ms is null;
create index requests_by_task on requests(task_id);
`,
} as const;
