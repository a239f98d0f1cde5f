-- The table of db-scheduler, in the names that it expects. Its moments are milliseconds.

create table scheduled_tasks (
  task_name            text      not null,
  task_instance        text      not null,
  task_data            blob,
  execution_time       timestamp not null,
  picked               boolean   not null,
  picked_by            text,
  last_success         timestamp,
  last_failure         timestamp,
  consecutive_failures integer,
  last_heartbeat       timestamp,
  version              integer   not null,
  priority             integer,
  primary key (task_name, task_instance)
);

create index scheduled_tasks_due on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
create index scheduled_tasks_priority on scheduled_tasks (priority desc, execution_time);
