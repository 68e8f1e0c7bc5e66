-- What a sweep looks for among millions: phones that were revoked, and the sessions they opened.
CREATE INDEX devices_revoked ON devices (revoked_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX sessions_of_device ON sessions (device_id) WHERE device_id IS NOT NULL;
CREATE INDEX grants_by_age ON grants (granted_at);
