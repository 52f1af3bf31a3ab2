-- Asked in the order of their ids.

CREATE TABLE l7_policies (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  route_id INTEGER NOT NULL REFERENCES routes (id) ON DELETE CASCADE,
  type TEXT NOT NULL CHECK (type IN ('block_user_agent', 'require_header')),
  value TEXT NOT NULL CHECK (value <> ''),
  UNIQUE (route_id, type, value)
) STRICT;
