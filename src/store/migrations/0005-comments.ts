/** Drafts of review comments, and the files of a diff that a person has looked at. */
export const comments = {
  name: '0005-comments',
  sql: `
create table comments (
  id integer primary key autoincrement,
  task_id integer not null references tasks(id) on delete cascade,
  file text not null,
  side text not null check (side in ('old','new')),
  from_line integer not null,
  to_line integer not null,
  quote text not null,
  text text not null,
  written_at text not null,
  sent_at text
) strict;
create index comments_by_task on comments(task_id, id);

create table viewed_files (
  task_id integer not null references tasks(id) on delete cascade,
  file text not null,
  hash text not null,
  viewed_at text not null,
  primary key (task_id, file)
) strict, without rowid;
`,
} as const;
