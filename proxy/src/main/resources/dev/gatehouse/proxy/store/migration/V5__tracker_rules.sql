-- What an operator has decided about a torrent: info_hash is its hash cut to 20 bytes, torrent the
-- hash as it was given.

CREATE TABLE tracker_rules (
  info_hash BLOB NOT NULL PRIMARY KEY CHECK (length(info_hash) = 20),
  torrent BLOB NOT NULL CHECK (length(torrent) IN (20, 32)),
  verdict TEXT NOT NULL CHECK (verdict IN ('allow', 'deny')),
  note TEXT NOT NULL DEFAULT '',
  decided_at_ms INTEGER NOT NULL
) STRICT;
