-- A QR sign-in has a life before its decision: a phone scans it, a number is compared or typed, then yes or no.
-- decided_at is now the instant of its latest move; grant_id is empty until somebody has said yes.
ALTER TABLE ceremonies ADD COLUMN expires_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ceremonies ADD COLUMN confirmation TEXT NOT NULL DEFAULT 'None';
ALTER TABLE ceremonies ADD COLUMN confirmed_at BIGINT;
ALTER TABLE ceremonies ADD COLUMN tries BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ceremonies ADD COLUMN denied_because TEXT;
ALTER TABLE ceremonies ADD COLUMN seen TEXT;

-- The phone that opened it; null when a password did.
ALTER TABLE sessions ADD COLUMN device_id TEXT;

-- Where this phone hears of sign-ins (RFC 8030), when its owner wants that.
ALTER TABLE devices ADD COLUMN push_endpoint TEXT;

-- Gapura itself, as the platform of its own sign-in page. What it is called and where it is stands in the settings.
INSERT INTO platforms (client_id, name, company, domain, origins, redirect_uris, policies, created_at)
VALUES ('gapura', 'Gapura', '', 'https://gapura.invalid', '', '', 'confirm', 0)
ON CONFLICT (client_id) DO NOTHING;

-- Who did what, in order, never changed. seal names the link of the chain that holds the row (audit_seals).
CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    action TEXT NOT NULL,
    actor TEXT NOT NULL,
    account_id TEXT,
    client_id TEXT,
    device_id TEXT,
    grant_id TEXT,
    browser TEXT,
    system TEXT,
    network TEXT,
    country TEXT,
    details TEXT,
    seal BIGINT
);
CREATE INDEX audit_of_account ON audit (account_id, at);
CREATE INDEX audit_unsealed ON audit (at) WHERE seal IS NULL;

CREATE TABLE audit_seals (
    number BIGINT PRIMARY KEY,
    sealed_at BIGINT NOT NULL,
    rows_sealed BIGINT NOT NULL,
    hash BYTEA NOT NULL
);
