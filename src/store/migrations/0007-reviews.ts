/**
 * Pull requests to the end: all that a reading tells, what reviewers said, rounds of fixing, what each host allows, stacked tasks and
 * worktrees that touch the same files; runs of tests, and changed files that are worth a look.
 */
export const reviews = {
  name: '0007-reviews',
  sql: `
create table pull_requests_next (
  id integer primary key,
  task_id integer not null references tasks(id) on delete cascade,
  node_id text,
  host text not null,
  repository text not null,
  number integer not null,
  url text not null,
  title text,
  state text not null check (state in ('open','merged','closed')),
  draft integer not null check (draft in (0, 1)),
  base text,
  base_commit text,
  head text,
  head_commit text,
  head_seen_at text,
  merge_commit text,
  merged_by text,
  checks text check (checks in ('none','skipped','pending','passed','attention','failed_optional','failed')),
  checks_note text,
  check_runs text not null default '[]',
  review text check (review in ('required','approved','changes_requested')),
  approved_by text not null default '[]',
  changes_requested_by text not null default '[]',
  review_requests integer,
  unresolved_threads integer,
  feedback_mark text,
  feedback_read text,
  mergeable text check (mergeable in ('mergeable','conflicting')),
  merge_state text,
  conflict_seen text,
  auto_merge text check (auto_merge in ('merge','squash','rebase')),
  queued integer not null default 0 check (queued in (0, 1)),
  merge_stopped text check (merge_stopped in ('queue','auto_merge')),
  created_at text not null,
  read_at text,
  stale_reason text,
  merged_at text,
  landed_at text,
  unique (task_id, host, repository, number)
) strict;
insert into pull_requests_next (id, task_id, node_id, host, repository, number, url, state, draft, base, head, head_commit, merge_commit,
    checks, check_runs, review, mergeable, merge_state, created_at, read_at, stale_reason, merged_at, landed_at)
  select id, task_id, node_id, host, repository, number, url, state, draft, base, head, head_commit, merge_commit,
    checks,
    (select json_group_array(json_object('name', value, 'workflow', null, 'state', 'FAILURE', 'meaning', 'failed',
      'required', null, 'url', null, 'job', null, 'at', null)) from json_each(failed_checks)),
    review, mergeable, merge_state, created_at, read_at, stale_reason, merged_at,
    case state when 'merged' then coalesce(merged_at, created_at) end from pull_requests;
drop table pull_requests;
alter table pull_requests_next rename to pull_requests;
create index pull_requests_unmerged on pull_requests(task_id) where state <> 'merged';
create index pull_requests_merged on pull_requests(merged_at) where state = 'merged';
create index pull_requests_unlanded on pull_requests(id) where state = 'merged' and landed_at is null;

create table rounds (
  id integer primary key autoincrement,
  task_id integer not null references tasks(id) on delete cascade,
  pull_request_id integer references pull_requests(id) on delete set null,
  kind text not null check (kind in ('fix','review')),
  evidence text not null,
  head_commit text,
  started_at_ms integer not null,
  sent_at_ms integer,
  ended_at_ms integer,
  outcome text check (outcome in ('pushed','unchanged','nothing','failed','stopped')),
  note text,
  cost_usd real
) strict;
create index rounds_by_task on rounds(task_id, id);
create unique index one_open_round on rounds(task_id) where ended_at_ms is null;

create table feedback (
  id text not null,
  pull_request_id integer not null references pull_requests(id) on delete cascade,
  kind text not null check (kind in ('thread','comment','review')),
  statements text not null,
  state text,
  path text,
  line integer,
  url text,
  resolved integer not null default 0 check (resolved in (0, 1)),
  outdated integer not null default 0 check (outdated in (0, 1)),
  round_id integer references rounds(id) on delete set null,
  decided_for text,
  verdict text check (verdict in ('fixed','answered','declined')),
  reason text,
  reply_id text,
  answered_at text,
  primary key (pull_request_id, id)
) strict, without rowid;

create table verdicts (
  round_id integer not null references rounds(id) on delete cascade,
  feedback_id text not null,
  statement_id text not null,
  author text,
  place text,
  words text not null,
  verdict text not null check (verdict in ('fixed','answered','declined')),
  reason text not null,
  fixed_in text,
  primary key (round_id, feedback_id)
) strict, without rowid;

create table hosts (
  host text primary key collate nocase,
  login text,
  budget_limit integer,
  remaining integer,
  resets_at text,
  used integer not null default 0,
  used_since text,
  read_at text,
  next_at text,
  trouble text,
  trouble_since text,
  paused_until text
) strict, without rowid;

create table overlaps (
  task_id integer not null references tasks(id) on delete cascade,
  other_id integer not null references tasks(id) on delete cascade,
  files text not null,
  conflicts text,
  read_at text not null,
  primary key (task_id, other_id)
) strict, without rowid;

create table test_runs (
  session_id text not null references sessions(id) on delete cascade,
  id text not null,
  command text not null,
  masked integer not null check (masked in (0, 1)),
  started_at_ms integer not null,
  ended_at_ms integer,
  edited_since integer not null check (edited_since in (0, 1)),
  outcome text not null check (outcome in ('passed','failed','unknown')),
  passed integer,
  failed integer,
  primary key (session_id, id)
) strict, without rowid;

alter table progress add column risks text;
alter table tasks add column fix text check (fix in ('off','ask','automatic'));
alter table dependencies add column until text not null default 'done' check (until in ('done','pr_green'));
alter table sessions add column stacked_on integer;
alter table sessions add column left_out text;
`,
} as const;
