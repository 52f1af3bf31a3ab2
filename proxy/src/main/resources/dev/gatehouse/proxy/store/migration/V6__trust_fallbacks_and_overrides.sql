-- trusted_proxies and send_proxy_tlvs are JSON arrays of text.

ALTER TABLE listeners ADD COLUMN trusted_proxies TEXT NOT NULL DEFAULT '[]';
ALTER TABLE listeners ADD COLUMN default_route TEXT NOT NULL DEFAULT '';
ALTER TABLE listeners ADD COLUMN no_sni_route TEXT NOT NULL DEFAULT '';

ALTER TABLE routes ADD COLUMN backend_protocol TEXT NOT NULL DEFAULT 'auto';
ALTER TABLE routes ADD COLUMN backend_tls_verify INTEGER NOT NULL DEFAULT 1;
ALTER TABLE routes ADD COLUMN backend_tls_ca TEXT NOT NULL DEFAULT '';
ALTER TABLE routes ADD COLUMN backend_tls_name TEXT NOT NULL DEFAULT '';
ALTER TABLE routes ADD COLUMN send_proxy_tlvs TEXT NOT NULL DEFAULT '[]';

-- Null: as the proxy has it.
ALTER TABLE routes ADD COLUMN tls_min_version TEXT;
ALTER TABLE routes ADD COLUMN idle_timeout_ms INTEGER;
ALTER TABLE routes ADD COLUMN response_header_timeout_ms INTEGER;
ALTER TABLE routes ADD COLUMN max_request_body INTEGER;

CREATE TABLE store_meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
