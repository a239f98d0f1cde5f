-- Connections that a campaign sends nothing through until somebody resumes it.
create table held_connection (
  campaign   integer not null references campaign (id) on delete cascade,
  connection integer not null,
  reason     text    not null,
  at         integer not null,
  primary key (campaign, connection)
) strict, without rowid;
