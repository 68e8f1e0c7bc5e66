-- What a platform registered as a client of OAuth 2.0 and OpenID Connect, as JSON under the registry's names (RFC 7591).
ALTER TABLE platforms ADD COLUMN client TEXT NOT NULL DEFAULT '{}';

-- What a browser's session is called outside (sid, by way of a keyed hash), and how the person proved to be there, as amr.
ALTER TABLE sessions ADD COLUMN id TEXT;
ALTER TABLE sessions ADD COLUMN amr TEXT NOT NULL DEFAULT '';

-- What a grant was given for: the scopes of OAuth 2.0, separated by spaces; empty at the two doors.
ALTER TABLE grants ADD COLUMN scope TEXT NOT NULL DEFAULT '';
-- Single claims that were asked for beyond the scopes, as JSON; null for none.
ALTER TABLE grants ADD COLUMN claims TEXT;
-- The key its tokens are bound to: 'jkt' or 'x5t#S256', a colon, and the thumbprint; null for bearers.
ALTER TABLE grants ADD COLUMN sender TEXT;
-- The browser's session it was given in: what a sign-out ends. Null where a phone alone gave it.
ALTER TABLE grants ADD COLUMN session_id TEXT;
CREATE INDEX grants_of_session ON grants (session_id);

-- One row a code, by hash, kept a while after it was spent: whoever comes second ends the grant.
CREATE TABLE authorization_codes (
    hash BYTEA PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
    -- Who may redeem it: Client, Backend or Page.
    holder TEXT NOT NULL,
    redirect_uri TEXT,
    code_challenge TEXT,
    dpop_jkt TEXT,
    nonce TEXT,
    signed_in_at BIGINT NOT NULL,
    amr TEXT NOT NULL,
    acr TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    spent_at BIGINT
);
CREATE INDEX authorization_codes_by_expiry ON authorization_codes (expires_at);
CREATE INDEX authorization_codes_of_grant ON authorization_codes (grant_id);

-- What a person lets a platform know, a row a scope, until they take it back. An empty scope: that it is they, and no more.
CREATE TABLE consents (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    client_id TEXT NOT NULL REFERENCES platforms (client_id),
    scope TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, client_id, scope)
);

-- What a platform has still to hear: a browser's session that it signed somebody in from is over. Gone once it was told.
CREATE TABLE logout_notices (
    client_id TEXT NOT NULL REFERENCES platforms (client_id),
    session_id TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    ended_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    due_at BIGINT NOT NULL,
    PRIMARY KEY (client_id, session_id)
);
CREATE INDEX logout_notices_due ON logout_notices (due_at);

-- When the person had proved to be there, before they gave the grant; null for the same moment.
ALTER TABLE grants ADD COLUMN signed_in_at BIGINT;

-- The person's picture: an https address, or a data: URL of at most 8 KiB of PNG, JPEG or WebP.
ALTER TABLE accounts ADD COLUMN image TEXT;

-- Who was told a person's tax number, and how: a row for each day of it, with its first moment. Kept two years.
CREATE TABLE npwp_releases (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    client_id TEXT NOT NULL REFERENCES platforms (client_id),
    way TEXT NOT NULL,
    day BIGINT NOT NULL,
    released_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, client_id, way, day)
);
CREATE INDEX npwp_releases_by_age ON npwp_releases (released_at);

-- A device without a keyboard waits (RFC 8628): by hash of what it polls with, and by keyed hash of what a person types.
CREATE TABLE device_codes (
    hash BYTEA PRIMARY KEY,
    user_code_hash BYTEA NOT NULL UNIQUE,
    client_id TEXT NOT NULL REFERENCES platforms (client_id),
    scope TEXT NOT NULL,
    browser TEXT,
    system TEXT,
    network TEXT,
    country TEXT,
    opened_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    grant_id TEXT,
    signed_in_at BIGINT,
    amr TEXT,
    acr TEXT,
    poll_interval BIGINT NOT NULL,
    next_poll_at BIGINT NOT NULL
);
CREATE INDEX device_codes_of_client ON device_codes (client_id, expires_at);
CREATE INDEX device_codes_by_expiry ON device_codes (expires_at);

-- What an operator hands to a program that is to register platforms by itself (RFC 7591 section 3), by hash. Each use counts one down.
CREATE TABLE registration_tokens (
    id TEXT PRIMARY KEY,
    hash BYTEA NOT NULL UNIQUE,
    company TEXT NOT NULL,
    uses_left BIGINT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);

-- A platform asks a person's phone (CIBA Core 1.0), by hash of what it asks with. Without an account nobody is asked, and nobody is told so.
CREATE TABLE backchannel_requests (
    hash BYTEA PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    client_id TEXT NOT NULL REFERENCES platforms (client_id),
    account_id TEXT REFERENCES accounts (id),
    scope TEXT NOT NULL,
    acr_values TEXT NOT NULL,
    binding_message TEXT,
    opened_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    delivery TEXT NOT NULL,
    state TEXT NOT NULL,
    grant_id TEXT,
    device_id TEXT,
    decided_at BIGINT,
    poll_interval BIGINT NOT NULL,
    next_poll_at BIGINT NOT NULL,
    -- Sealed: what the platform is called with, and what it is sent. Null when there is nothing more to say.
    callback BYTEA,
    payload BYTEA,
    call_at BIGINT,
    call_tries BIGINT NOT NULL
);
CREATE INDEX backchannel_requests_of_account ON backchannel_requests (account_id, expires_at);
CREATE INDEX backchannel_requests_of_client ON backchannel_requests (client_id, expires_at);
CREATE INDEX backchannel_requests_by_expiry ON backchannel_requests (expires_at);
CREATE INDEX backchannel_requests_by_call ON backchannel_requests (call_at);
