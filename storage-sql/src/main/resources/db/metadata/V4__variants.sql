-- Which variant the rest of a run gets after its test.
create table variant_decision (
  campaign integer not null references campaign (id) on delete cascade,
  run      integer not null,
  variant  integer not null,
  won      integer not null,
  at       integer not null,
  words    text    not null,
  primary key (campaign, run)
) strict, without rowid;
