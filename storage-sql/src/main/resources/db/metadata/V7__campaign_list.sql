alter table campaign add column archived_at integer; -- when it was hidden from the list

-- The lists in their orders: each index holds all that they are narrowed by, so that which
-- campaigns a page has is known without reading definitions.
drop index campaign_listed;
create index campaign_listed on campaign
  (created_at desc, id desc, status, channel, created_by, name_folded, starts_at, archived_at);
create index campaign_by_start on campaign
  (starts_at desc, id desc, status, channel, created_by, name_folded, created_at, archived_at);
create index campaign_by_name on campaign
  (name_folded, id, status, channel, created_by, created_at, starts_at, archived_at);

-- What campaigns said, version by version, and who made it so.
create table campaign_revision (
  campaign   integer not null references campaign (id) on delete cascade,
  version    integer not null,
  definition text    not null,                      -- JSON
  by         text    not null,
  at         integer not null,
  primary key (campaign, version)
) strict, without rowid;

insert into campaign_revision (campaign, version, definition, by, at)
  select id, version, definition, created_by, created_at from campaign;

-- Ways of looking at the list of campaigns, kept by each login for itself.
create table saved_view (
  login text not null,
  name  text not null,
  query text not null,
  primary key (login, name)
) strict, without rowid;
