CREATE TABLE IF NOT EXISTS @@table@@ (
	id BYTEA NOT NULL PRIMARY KEY,
	version BIGINT NOT NULL,
	writer1 BIGINT,
	writer2 BIGINT,
	writer3 BIGINT,
	writer4 BIGINT,
	secret_hash BYTEA NOT NULL,
	created BIGINT NOT NULL,
	last_accessed BIGINT NOT NULL,
	idle_timeout BIGINT NOT NULL,
	lifetime BIGINT NOT NULL,
	principal BYTEA,
	touches BIGINT NOT NULL,
	data BYTEA NOT NULL
) WITH (fillfactor = 70);

CREATE TABLE IF NOT EXISTS @@table@@_principal (
	id BYTEA NOT NULL PRIMARY KEY,
	entry BYTEA NOT NULL,
	unfinished SMALLINT NOT NULL,
	written BIGINT NOT NULL
) WITH (fillfactor = 70);

CREATE TABLE IF NOT EXISTS @@table@@_lease (
	id BYTEA NOT NULL PRIMARY KEY,
	holder BIGINT NOT NULL,
	ends_at BIGINT NOT NULL,
	turns BIGINT NOT NULL
) WITH (fillfactor = 70);
