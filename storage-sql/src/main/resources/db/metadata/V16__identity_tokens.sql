-- A key of apps and pages may have to show an identity token to speak for a person.
alter table api_key add column tokens_required integer not null default 0 check (tokens_required in (0, 1));

-- What servers sign identity tokens with.
create table identity_key (
  id         integer primary key autoincrement,
  name       text    not null,
  key_id     text    not null unique, -- as tokens name it: kid
  algorithm  text    not null check (algorithm in ('HS256', 'ES256')),
  material   blob    not null, -- HS256: the secret, sealed; ES256: the public key, X.509
  created_at integer not null,
  revoked_at integer
) strict;
