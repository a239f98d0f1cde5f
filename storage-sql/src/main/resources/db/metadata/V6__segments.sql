create table segment (
  id          integer primary key autoincrement, -- never given twice: rules name segments by it
  version     integer not null,
  name        text    not null,
  name_folded text    not null unique,           -- the name as it is compared
  rule        text    not null,                  -- JSON
  created_at  integer not null,
  created_by  text    not null,
  changed_at  integer not null,
  counted     integer,                           -- how many people it meant, and when
  counted_at  integer
) strict;

-- What a campaign's audience refers to by itself.
create table campaign_saved (
  campaign integer not null references campaign (id) on delete cascade,
  kind     text    not null,                     -- segment or list
  saved    integer not null,                     -- its id
  primary key (campaign, kind, saved)
) strict, without rowid;

create index campaign_saved_used on campaign_saved (kind, saved, campaign);
