-- An id is never given twice: whoever still holds one must not meet another row under it.

CREATE TABLE listeners (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  addr TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE routes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  listener_id INTEGER NOT NULL REFERENCES listeners (id) ON DELETE CASCADE,
  hostname TEXT NOT NULL,
  backend TEXT NOT NULL,
  UNIQUE (listener_id, hostname)
) STRICT;

CREATE TABLE firewall_rules (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  type TEXT NOT NULL CHECK (type IN ('ip', 'cidr', 'country')),
  value TEXT NOT NULL,
  UNIQUE (type, value)
) STRICT;
