-- A JSON array of text, of which backend is the first; null: backend is the only one.
ALTER TABLE routes ADD COLUMN backends TEXT;

ALTER TABLE routes
  ADD COLUMN balance TEXT NOT NULL DEFAULT 'round_robin'
    CHECK (balance IN ('round_robin', 'least_connections'));
ALTER TABLE routes ADD COLUMN health_interval_ms INTEGER NOT NULL DEFAULT 0;
