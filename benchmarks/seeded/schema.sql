-- A resource is stored as the document that is returned; what the service itself needs to know are columns.
CREATE TABLE customer (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    document TEXT NOT NULL CHECK (json_valid(document)),
    deleted_at TEXT,
    owner TEXT,
    password_hash BLOB,
    segment TEXT AS (json_extract(document, '$.segment')) VIRTUAL,
    country TEXT AS (json_extract(document, '$.country')) VIRTUAL
);
CREATE TABLE contract (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    document TEXT NOT NULL CHECK (json_valid(document)),
    deleted_at TEXT,
    owner TEXT NOT NULL REFERENCES customer (id) ON DELETE CASCADE
);
CREATE TABLE usage (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    document TEXT NOT NULL CHECK (json_valid(document)),
    deleted_at TEXT,
    owner TEXT NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    meter TEXT AS (json_extract(document, '$.meter')) VIRTUAL
);
CREATE TABLE usage_import (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    document TEXT NOT NULL CHECK (json_valid(document)),
    deleted_at TEXT,
    owner TEXT NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    content BLOB NOT NULL
);
CREATE TABLE credit (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    document TEXT NOT NULL CHECK (json_valid(document)),
    deleted_at TEXT,
    owner TEXT NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    kind TEXT AS (json_extract(document, '$.kind')) VIRTUAL
);
CREATE TABLE adjustment (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    document TEXT NOT NULL CHECK (json_valid(document)),
    deleted_at TEXT,
    owner TEXT NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    direction TEXT AS (json_extract(document, '$.direction')) VIRTUAL,
    active INTEGER AS (json_extract(document, '$.active')) VIRTUAL
);
CREATE TABLE statement (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    document TEXT NOT NULL CHECK (json_valid(document)),
    deleted_at TEXT,
    owner TEXT NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    month TEXT AS (json_extract(document, '$.month')) VIRTUAL
);
CREATE TABLE payment (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    document TEXT NOT NULL CHECK (json_valid(document)),
    deleted_at TEXT,
    owner TEXT NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    callback_url TEXT,
    customerId TEXT AS (owner) VIRTUAL,
    status TEXT AS (json_extract(document, '$.status')) VIRTUAL
);
CREATE INDEX contract_owner ON contract (owner, position);
CREATE INDEX usage_owner ON usage (owner, position);
CREATE INDEX credit_owner ON credit (owner, position);
CREATE INDEX adjustment_owner ON adjustment (owner, position);
CREATE INDEX statement_owner ON statement (owner, position);
CREATE INDEX payment_owner ON payment (owner, position);

-- Which credits and payments a statement already contains.
CREATE TABLE settled (
    resource_id TEXT PRIMARY KEY,
    statement_id TEXT NOT NULL REFERENCES statement (id) ON DELETE CASCADE
);
-- The first answer to every Idempotency-Key.
CREATE TABLE replay (
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (scope, key)
);
-- Callbacks that another process delivers.
CREATE TABLE outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL,
    event TEXT NOT NULL
);
