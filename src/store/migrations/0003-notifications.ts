/** What a person was told of and still waits for them, so that it is told once; and indexes for finding what waits among many tasks. */
export const notifications = {
  name: '0003-notifications',
  sql: `
create table notices (
  task_id integer not null references tasks(id) on delete cascade,
  kind text not null,
  since text not null,
  primary key (task_id, kind)
) strict, without rowid;

create index tasks_under_way on tasks(id) where status not in ('draft', 'pending', 'done');
create index tasks_held on tasks(id) where status = 'pending' and held is not null;
`,
} as const;
