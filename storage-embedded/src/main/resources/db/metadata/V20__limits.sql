alter table run add column system_control integer;  -- percent; null until it is noted
alter table run add column skipped text;            -- why nothing was planned

create index run_skipped on run (finished_at) where skipped is not null;
