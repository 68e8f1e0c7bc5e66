-- A person that nobody is: made for a sandbox, signs in to sandboxes and nowhere else.
ALTER TABLE accounts ADD COLUMN test BIGINT NOT NULL DEFAULT 0;

-- What a platform was refused in the last day, so that its developers need not guess. proof says how it was known whose
-- request it was; times, how often the same came within a second. Never a value of a request, and no name of a person.
CREATE TABLE refused_requests (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES platforms (client_id) ON DELETE CASCADE,
    proof TEXT NOT NULL,
    at BIGINT NOT NULL,
    times BIGINT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    status BIGINT NOT NULL,
    code TEXT NOT NULL,
    sentence TEXT NOT NULL,
    why TEXT NOT NULL,
    parameters TEXT NOT NULL,
    origin TEXT,
    trace TEXT NOT NULL
);
CREATE INDEX refused_requests_of_platform ON refused_requests (client_id, proof, at);
CREATE INDEX refused_requests_by_age ON refused_requests (at);
