-- The API key that the start command brings along is called so that "made by" can stand before it.
update api_key set name = 'API key from the start command' where name = 'given at start';
update campaign set created_by = 'API key from the start command' where created_by = 'given at start';
update campaign_revision set by = 'API key from the start command' where by = 'given at start';
update segment set created_by = 'API key from the start command' where created_by = 'given at start';
update audit set who = 'API key from the start command' where who = 'given at start';
update audit set subject = 'API key from the start command'
  where subject = 'given at start' and action = 'key.create';
