-- Checking the chain reads the rows of one seal after another.
CREATE INDEX audit_by_seal ON audit (seal);
