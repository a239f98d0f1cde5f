-- What ad platforms report: totals by ad and day, restated for weeks. A day is replaced whole.
create table reported_day (
  campaign  integer not null references campaign (id) on delete cascade,
  account   text    not null,
  day       text    not null,
  zone      text    not null,
  currency  text    not null,
  pulled_at integer not null,
  primary key (campaign, account, day)
) strict, without rowid;

create table reported_figure (
  campaign integer not null,
  account  text    not null,
  day      text    not null,
  ad       text    not null,
  name     text    not null,
  value    text    not null,
  primary key (campaign, account, day, ad, name),
  foreign key (campaign, account, day) references reported_day (campaign, account, day)
    on delete cascade
) strict, without rowid;
