alter table run add column skipped text;           -- why it never went out; null when it did or will

-- Tries that a campaign with a bounded speed may make; only those of the last minutes count.
create table turn (
  campaign integer not null references campaign (id) on delete cascade,
  at       integer not null,
  messages integer not null
) strict;

create index turn_of_campaign on turn (campaign, at);
