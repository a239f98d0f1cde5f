alter table run add column system_control integer;  -- percent; null until it is noted
alter table run add column skipped_detail text;     -- why it was skipped, with numbers

create index run_skipped on run (due_at) where skipped is not null;
