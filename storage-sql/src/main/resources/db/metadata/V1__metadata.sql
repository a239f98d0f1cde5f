-- Moments are microseconds since 1970-01-01T00:00:00Z.

create table campaign (
  id            integer primary key autoincrement, -- never given twice: facts name campaigns by it
  version       integer not null,
  name_folded   text    not null,                  -- the name as search compares it
  channel       text    not null,
  status        text    not null,
  status_reason text,
  created_at    integer not null,
  created_by    text    not null,
  starts_at     integer,
  ended_at      integer,
  definition    text    not null                   -- JSON
) strict;

-- Holds all that a list is narrowed by, so that narrowing never reads definitions.
create index campaign_listed
  on campaign (created_at desc, id desc, status, channel, created_by, name_folded);

create table campaign_label (
  campaign integer not null references campaign (id) on delete cascade,
  label    text    not null,
  primary key (campaign, label)
) strict, without rowid;

create index campaign_label_used on campaign_label (label, campaign);

create table run (
  campaign    integer not null references campaign (id) on delete cascade,
  number      integer not null check (number >= 1),
  due_at      integer not null,
  planned_at  integer,
  first_seq   integer not null default 0,
  planned     integer not null default 0,
  finished_at integer,
  primary key (campaign, number)
) strict, without rowid;

-- What is left to send; a finished chunk is deleted.
create table chunk (
  campaign integer not null,
  run      integer not null,
  from_seq integer not null,
  to_seq   integer not null check (to_seq > from_seq),
  owner    text,                                   -- who holds the lease; null when nobody does
  free_at  integer not null,                       -- when it may be claimed (again)
  primary key (campaign, run, from_seq),
  foreign key (campaign, run) references run (campaign, number) on delete cascade
) strict, without rowid;

create table connection (
  id             integer primary key autoincrement,
  type           text    not null,
  name           text    not null,
  settings       text    not null,                 -- JSON
  sealed_secrets blob    not null,
  created_at     integer not null
) strict;

create table setting (
  name  text not null primary key,
  value text not null
) strict, without rowid;

create table login (
  name          text    not null primary key,
  password_hash text    not null,
  role          text    not null,
  created_at    integer not null
) strict, without rowid;

create table api_key (
  id           integer primary key autoincrement,
  name         text    not null,
  key_hash     text    not null unique,
  shown_prefix text    not null,
  scopes       text    not null,                   -- separated by spaces, sorted
  created_at   integer not null,
  revoked_at   integer
) strict;

create table audit (
  id      integer primary key autoincrement,
  at      integer not null,
  who     text    not null,
  action  text    not null,
  subject text    not null,
  detail  text
) strict;
