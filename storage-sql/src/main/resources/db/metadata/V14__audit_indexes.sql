-- The audit log is read the latest first, and by who acted or what was done.
create index audit_at on audit (at, id);
create index audit_who on audit (who, at, id);
create index audit_action on audit (action, at, id);
