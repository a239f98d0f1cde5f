-- How a file was read at its last import; with another reading it is imported anew.
alter table imported_file add column reading text not null default '';
alter table imported_file add column turn integer not null default 0;
