-- The installation that this file belongs to: one row, none before the first start of a server.
-- The facts bear the same id and the same start; see docs/adr.
create table installation (
  one       integer not null primary key check (one = 1),
  id        text    not null,
  start     integer not null,                    -- how many starts both databases know of
  starting  integer not null,                    -- 1: the next start is being noted in the facts
  facts_end integer not null                     -- entries that the facts held at least
) strict;

-- Keys that the references of messages are signed with: the latest signs, all are accepted.
create table reference_key (
  id     integer primary key autoincrement,
  key    text    not null,                       -- Base64
  sealed integer not null                        -- 1: by secrets.key, as earlier versions did
) strict;

insert into reference_key (key, sealed) select value, 1 from setting where name = 'reference-secret';
delete from setting where name = 'reference-secret';

-- When files of people were first imported. A file that comes again has the time of its first
-- import; those that were imported longest ago are forgotten.
create table imported_file (
  contents text    not null primary key,         -- SHA-256 of its bytes
  first_at integer not null,
  last_at  integer not null
) strict, without rowid;

create index imported_file_last on imported_file (last_at);

insert into imported_file (contents, first_at, last_at)
  select substr(name, 8), at, at from (
    select name,
      unixepoch(substr(value, 1, 19)) * 1000000
        + cast(substr(rtrim(substr(value, 21), 'Z') || '000000', 1, 6) as integer) as at
    from setting where name like 'import-%');
delete from setting where name like 'import-%';
