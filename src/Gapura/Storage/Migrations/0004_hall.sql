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
    redirect_uri TEXT NOT NULL,
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
