-- A chunk holds messages of one connection. Those that were cut before are of campaigns that had
-- one connection, which their definition names.
create table chunk_by_connection (
  campaign   integer not null,
  run        integer not null,
  connection integer not null,
  from_seq   integer not null,
  to_seq     integer not null check (to_seq > from_seq),
  owner      text,                                 -- who holds the lease; null when nobody does
  free_at    integer not null,                     -- when it may be claimed (again)
  primary key (campaign, run, from_seq),
  foreign key (campaign, run) references run (campaign, number) on delete cascade
) strict, without rowid;

insert into chunk_by_connection
select chunk.campaign,
       chunk.run,
       coalesce(cast(json_extract(campaign.definition, '$.what.provider') as integer), 0),
       chunk.from_seq,
       chunk.to_seq,
       chunk.owner,
       chunk.free_at
from chunk join campaign on campaign.id = chunk.campaign;

drop table chunk;

alter table chunk_by_connection rename to chunk;
