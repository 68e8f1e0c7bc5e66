-- What a grant was given for: the scopes of OAuth 2.0, separated by spaces; empty at the two doors.
ALTER TABLE grants ADD COLUMN scope TEXT NOT NULL DEFAULT '';

-- One row a code, by hash, kept a while after it was spent: whoever comes second ends the grant.
CREATE TABLE authorization_codes (
    hash BYTEA PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES grants (id),
    redirect_uri TEXT NOT NULL,
    code_challenge TEXT NOT NULL,
    nonce TEXT,
    signed_in_at BIGINT NOT NULL,
    amr TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    spent_at BIGINT
);
CREATE INDEX authorization_codes_by_expiry ON authorization_codes (expires_at);

-- What a person lets a platform know, a row a scope, until they take it back. An empty scope: that it is they, and no more.
CREATE TABLE consents (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    client_id TEXT NOT NULL REFERENCES platforms (client_id),
    scope TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, client_id, scope)
);
