/** The first schema. Words are those of the glossary; times are ISO texts in UTC, except `_ms` columns (milliseconds since 1970). */
export const initial = {
  name: '0001-initial',
  sql: `
create table projects (
  id integer primary key,
  uuid text not null unique,
  name text not null,
  path text not null unique,
  default_branch text not null,
  remote text,
  forge_host text,
  forge_repository text,
  created_at text not null,
  removed_at text
) strict;
create unique index project_names on projects(name) where removed_at is null;

create table tasks (
  id integer primary key autoincrement,
  uuid text not null unique,
  project_id integer not null references projects(id),
  title text not null,
  prompt text not null,
  status text not null check (status in
    ('draft','pending','working','interrupted','in_review','conflict','ci_failed','done','error')),
  mode text not null check (mode in ('supervised','autonomous','exploration')),
  base text,
  branch text,
  push text not null check (push in ('pr','push','local')),
  loop integer not null check (loop in (0, 1)),
  priority integer not null check (priority between 0 and 3),
  position real not null,
  held text,
  created_at text not null,
  updated_at text not null,
  started_at text,
  completed_at text
) strict;
create index tasks_by_project on tasks(project_id, status);

create table subtasks (
  id integer primary key,
  task_id integer not null references tasks(id) on delete cascade,
  text text not null,
  done integer not null default 0 check (done in (0, 1)),
  position integer not null
) strict;
create index subtasks_by_task on subtasks(task_id, position);

create table dependencies (
  task_id integer not null references tasks(id) on delete cascade,
  after_id integer not null references tasks(id) on delete cascade,
  primary key (task_id, after_id)
) strict, without rowid;
create index dependencies_by_after on dependencies(after_id);

create table sessions (
  id text primary key,
  task_id integer not null references tasks(id) on delete cascade,
  state text not null check (state in ('opening','open','closing','closed')),
  moved_by integer,
  moved_at_ms integer not null,
  end_reason text,
  branch text not null,
  own_branch integer not null check (own_branch in (0, 1)),
  worktree text not null,
  base text not null,
  base_commit text,
  socket text not null,
  pane text,
  server_pid integer,
  pid integer,
  claude_session_id text not null,
  transcript_path text,
  activity text not null check (activity in
    ('starting','working','permission','question','plan','idle','limited','ended','lost')),
  activity_source text not null check (activity_source in ('claustre','hook','sessions_file','pane')),
  activity_since_ms integer not null,
  activity_detail text,
  reported_at_ms integer,
  prompted_at_ms integer,
  turn_ended_at_ms integer,
  turn_behind integer not null default 0 check (turn_behind in (0, 1)),
  looked_at_ms integer,
  todos text not null default '[]',
  model text,
  context_percent real,
  created_at text not null,
  closed_at text
) strict;
create index sessions_by_task on sessions(task_id, created_at);
create unique index one_open_session on sessions(task_id) where state <> 'closed';

create table attempts (
  id integer primary key,
  task_id integer not null references tasks(id) on delete cascade,
  session_id text not null,
  purpose text not null check (purpose in ('work','fix','review')),
  claude_session_id text not null,
  started_at text not null,
  ended_at text,
  outcome text,
  input_tokens integer,
  output_tokens integer,
  cost_usd real,
  cost_seen_usd real
) strict;
create index attempts_by_task on attempts(task_id);
create index attempts_by_session on attempts(session_id);

create table events (
  id integer primary key,
  uid text unique,
  at text not null,
  project_id integer,
  task_id integer,
  session_id text,
  kind text not null,
  source text not null,
  data text not null
) strict;
create index events_by_task on events(task_id, id);

create table pull_requests (
  id integer primary key,
  task_id integer not null references tasks(id) on delete cascade,
  node_id text,
  host text not null,
  repository text not null,
  number integer not null,
  url text not null,
  state text not null check (state in ('open','merged','closed')),
  draft integer not null check (draft in (0, 1)),
  base text,
  head text,
  head_commit text,
  merge_commit text,
  checks text check (checks in ('none','pending','passed','failed')),
  failed_checks text not null default '[]',
  review text check (review in ('required','approved','changes_requested')),
  mergeable text check (mergeable in ('mergeable','conflicting')),
  merge_state text,
  created_at text not null,
  read_at text,
  stale_reason text,
  merged_at text,
  unique (task_id, host, repository, number)
) strict;

create table trash (
  id integer primary key autoincrement,
  project_id integer not null references projects(id),
  task_id integer not null,
  session_id text,
  reason text not null,
  ref text,
  branch text,
  worktree text,
  head text,
  base text,
  base_commit text,
  claude_session_id text,
  transcript_path text,
  commits integer not null,
  changed integer not null,
  untracked integer not null,
  task text,
  created_at text not null,
  restored_at text
) strict;
create index trash_by_task on trash(task_id, id);

create table limits (
  window text primary key,
  used_percent real not null,
  resets_at_ms integer,
  read_at_ms integer not null
) strict, without rowid;
`,
} as const;
