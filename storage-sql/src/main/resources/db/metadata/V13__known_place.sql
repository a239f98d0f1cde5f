-- From where a login has signed in: its next try from there is not held up by the tries of others.
create table known_place (
  login      text    not null references login (name) on delete cascade,
  kind       text    not null check (kind in ('browser', 'address')),
  place      text    not null, -- hash of the browser's token, or the address
  expires_at integer not null,
  primary key (login, kind, place)
) strict, without rowid;
