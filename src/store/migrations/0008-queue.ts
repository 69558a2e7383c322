/**
 * The queue that runs itself: its switches, when a task may start, why it ended badly, what each attempt was and cost, gates, criteria,
 * budgets; sessions that are parked, their ports and their alarms. Three tables are made anew because a check of theirs allows more.
 */
export const queue = {
  name: '0008-queue',
  sql: `
alter table projects add column queue text not null default 'rests' check (queue in ('rests','runs','paused'));

create table queue (
  id integer primary key check (id = 1),
  paused_at text,
  pause_reason text,
  free_mb integer,
  wanted_mb integer
) strict;
insert into queue (id) values (1);

alter table tasks add column not_before text;
alter table tasks add column delay_secs integer not null default 0;
alter table tasks add column every text;
alter table tasks add column next_id integer;
alter table tasks add column failures integer not null default 0;
alter table tasks add column retry_at text;
alter table tasks add column error_code text;
alter table tasks add column error_text text;
create index tasks_delayed on tasks(id) where status = 'pending' and delay_secs > 0;
create index tasks_drafts on tasks(id) where status = 'draft';
create index tasks_to_repeat on tasks(status) where every is not null and next_id is null;
create index tasks_repeated on tasks(next_id) where next_id is not null;

create index tasks_pending on tasks(id) where status = 'pending';

create table dependencies_next (
  task_id integer not null references tasks(id) on delete cascade,
  after_id integer not null references tasks(id) on delete cascade,
  until text not null default 'done' check (until in ('done','merged','pr_green')),
  primary key (task_id, after_id)
) strict, without rowid;
insert into dependencies_next select task_id, after_id, until from dependencies;
drop table dependencies;
alter table dependencies_next rename to dependencies;
create index dependencies_by_after on dependencies(after_id);
create index dependencies_to_merge on dependencies(after_id) where until = 'merged';

create table criteria (
  task_id integer not null references tasks(id) on delete cascade,
  position integer not null,
  text text not null,
  verdict text check (verdict in ('met','unmet','unknown')),
  evidence text,
  head_commit text,
  checked_at text,
  primary key (task_id, position)
) strict, without rowid;

create table attempts_next (
  id integer primary key,
  task_id integer not null references tasks(id) on delete cascade,
  session_id text not null,
  purpose text not null check (purpose in ('work','fix','review','criteria')),
  claude_session_id text not null,
  model text,
  started_at text not null,
  ended_at text,
  outcome text,
  error_code text,
  charged integer not null default 0 check (charged in (0, 1)),
  input_tokens integer,
  output_tokens integer,
  cost_usd real,
  cost_seen_usd real,
  worked_ms integer
) strict;
insert into attempts_next (id, task_id, session_id, purpose, claude_session_id, started_at, ended_at, outcome, input_tokens, output_tokens,
    cost_usd, cost_seen_usd, worked_ms)
  select id, task_id, session_id, purpose, claude_session_id, started_at, ended_at, outcome, input_tokens, output_tokens,
    cost_usd, cost_seen_usd, worked_ms from attempts;
drop table attempts;
alter table attempts_next rename to attempts;
create index attempts_by_task on attempts(task_id);
create index attempts_by_session on attempts(session_id);
create index attempts_by_start on attempts(started_at);

create table rounds_next (
  id integer primary key autoincrement,
  task_id integer not null references tasks(id) on delete cascade,
  pull_request_id integer references pull_requests(id) on delete set null,
  kind text not null check (kind in ('finish','fix','review')),
  evidence text not null,
  head_commit text,
  started_at_ms integer not null,
  sent_at_ms integer,
  ended_at_ms integer,
  outcome text check (outcome in ('delivered','pushed','unchanged','nothing','failed','stopped')),
  note text,
  cost_usd real
) strict;
insert into rounds_next select id, task_id, pull_request_id, kind, evidence, head_commit, started_at_ms, sent_at_ms, ended_at_ms,
  outcome, note, cost_usd from rounds;
drop table rounds;
alter table rounds_next rename to rounds;
create index rounds_by_task on rounds(task_id, id);
create unique index one_open_round on rounds(task_id) where ended_at_ms is null;

alter table sessions add column parked_at_ms integer;
alter table sessions add column port integer;
alter table sessions add column port_count integer not null default 0;
alter table sessions add column runner text not null default 'interactive' check (runner in ('interactive','headless'));
alter table sessions add column alarm text;
alter table transcripts add column repeated text;
alter table progress add column fresh_tokens integer not null default 0;
alter table progress add column committed_at_ms integer;

alter table progress add column head text;
alter table sessions add column judged_at_ms integer;
alter table sessions add column must_prove integer not null default 0 check (must_prove in (0, 1));
alter table sessions add column failure text;

create table gate_runs (
  id integer primary key autoincrement,
  task_id integer not null references tasks(id) on delete cascade,
  session_id text not null,
  gate text not null,
  command text not null,
  head_commit text not null,
  clean integer not null check (clean in (0, 1)),
  started_at_ms integer not null,
  ended_at_ms integer,
  outcome text check (outcome in ('passed','failed','timed_out','unknown')),
  exit_code integer,
  note text,
  log text
) strict;
create index gate_runs_by_task on gate_runs(task_id, id);
create index open_gate_runs on gate_runs(id) where ended_at_ms is null;

create table budget_raises (
  id integer primary key autoincrement,
  scope text not null check (scope in ('attempt','task','project','project_day','day','total')),
  task_id integer references tasks(id) on delete cascade,
  project_id integer references projects(id),
  usd real not null,
  reason text not null,
  at text not null
) strict;
`,
} as const;
