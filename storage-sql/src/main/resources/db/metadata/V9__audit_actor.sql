-- What kind of actor an entry names: an API key may bear the name of a login.
alter table audit add column actor_kind text not null default 'unrecorded'
  check (actor_kind in ('login', 'key', 'command', 'system', 'anonymous', 'unrecorded'));
alter table audit add column key_id integer; -- of the API key that acted

-- Only what cannot have been anything else; the rest stays unrecorded.
update audit set actor_kind = 'login' where action in ('login', 'logout');
update audit set actor_kind = 'key' where who = 'API key from the start command';

-- Failed sign-ins named whatever was typed as their actor. That was nobody who had shown who they
-- are, and may have been a password typed into the wrong field: only names of logins stay.
update audit set subject = 'unknown'
  where action = 'login.failed'
    and subject not in (select name from login)
    and subject not in
      (select a.subject from audit a where a.action in ('login', 'user.put', 'user.delete'));
update audit set actor_kind = 'anonymous', who = 'anonymous' where action = 'login.failed';
