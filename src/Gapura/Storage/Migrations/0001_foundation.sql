-- Times are Unix milliseconds. BYTEA is PostgreSQL's word; SQLite has no such type and keeps the bytes as they are.

-- One row a topic, raised by whoever changes it, watched by every node: how a cache learns that it is old.
CREATE TABLE revisions (
    topic TEXT PRIMARY KEY,
    revision BIGINT NOT NULL
);

-- Keys that rotate by themselves, sealed under the master key, which is not in the database.
CREATE TABLE sealed_keys (
    purpose TEXT NOT NULL,
    number BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    used_from BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (purpose, number)
);

CREATE TABLE platforms (
    client_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    company TEXT NOT NULL,
    description TEXT,
    domain TEXT NOT NULL,
    origins TEXT NOT NULL,
    redirect_uris TEXT NOT NULL,
    policies TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT
);

CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES platforms (client_id),
    hash BYTEA NOT NULL UNIQUE,
    hint TEXT NOT NULL,
    imported BIGINT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT,
    last_used_at BIGINT
);

CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    npwp TEXT,
    password_hash TEXT,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT
);

-- How often somebody failed lately, by account and network. The key is a hash: no names of people or networks here.
CREATE TABLE throttles (
    key TEXT PRIMARY KEY,
    window_ends_at BIGINT NOT NULL,
    failures BIGINT NOT NULL
);

-- A key serves one account once: after it is revoked it never comes back.
CREATE TABLE devices (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    public_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    enrolled_at BIGINT NOT NULL,
    last_used_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX devices_of_account ON devices (account_id);

CREATE TABLE sessions (
    hash BYTEA PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    signed_in_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_of_account ON sessions (account_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- Browsers that have signed in as an account before: somebody else's wrong guesses do not lock these out.
CREATE TABLE familiar_browsers (
    hash BYTEA NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (hash, account_id)
);

CREATE TABLE grants (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    client_id TEXT NOT NULL REFERENCES platforms (client_id),
    device_id TEXT REFERENCES devices (id),
    door TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX grants_of_account ON grants (account_id);
CREATE INDEX grants_of_device ON grants (device_id);

CREATE TABLE refresh_tokens (
    hash BYTEA PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES grants (id),
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    spent_at BIGINT
);
CREATE INDEX refresh_tokens_of_grant ON refresh_tokens (grant_id);
CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);

-- Sign-ins under way and lately ended. The key is what may happen once: a spent login ticket, a browser's claim.
CREATE TABLE ceremonies (
    key TEXT PRIMARY KEY,
    door TEXT NOT NULL,
    state TEXT NOT NULL,
    handle TEXT NOT NULL,
    client_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    device_id TEXT,
    grant_id TEXT NOT NULL,
    decided_at BIGINT NOT NULL,
    collect_until BIGINT NOT NULL,
    collected_at BIGINT,
    keep_until BIGINT NOT NULL
);
CREATE INDEX ceremonies_by_age ON ceremonies (keep_until);
CREATE INDEX ceremonies_by_decision ON ceremonies (decided_at);
