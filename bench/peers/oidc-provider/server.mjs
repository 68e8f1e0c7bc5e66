// node-oidc-provider as a measured peer: ES256, everything in this process's memory, nothing verified beyond the client's
// secret, nothing durable. Writes what may be shown to it into a file, as JSON, and then listens.
import { writeFileSync } from 'node:fs';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import Provider from 'oidc-provider';

const [port, count] = process.argv.slice(2, 4).map(Number);
const issuer = `http://127.0.0.1:${port}`;
const clientId = 'bench';
const verifier = 'a-verifier-of-more-than-forty-three-characters-long';
const redirectUri = 'https://bench.example/back';

// Its own memory adapter forgets all but a thousand: a plain map forgets nothing.
class Memory {
  static kept = new Map();
  constructor(model) { this.model = model; }
  key(id) { return `${this.model}:${id}`; }
  async upsert(id, payload) { Memory.kept.set(this.key(id), payload); }
  async find(id) { return Memory.kept.get(this.key(id)); }
  async findByUid() { return undefined; }
  async findByUserCode() { return undefined; }
  async consume(id) { Memory.kept.get(this.key(id)).consumed = Math.floor(Date.now() / 1000); }
  async destroy(id) { Memory.kept.delete(this.key(id)); }
  async revokeByGrantId() {}
}

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const provider = new Provider(issuer, {
  adapter: Memory,
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig', kid: 'bench' }] },
  cookies: { keys: [randomBytes(16).toString('hex')] },
  clients: [{
    client_id: clientId, client_secret: 'bench-secret', redirect_uris: [redirectUri], id_token_signed_response_alg: 'ES256',
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'], token_endpoint_auth_method: 'client_secret_basic',
  }],
  findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  issueRefreshToken: async () => true,
  rotateRefreshToken: true,
  // Codes are made before anything is measured, and last a minute by themselves.
  ttl: { AccessToken: 3600, AuthorizationCode: 3600, Grant: 86400, RefreshToken: 86400 },
  features: {
    devInteractions: { enabled: false }, introspection: { enabled: true }, clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: async (ctx) => (ctx.oidc.body?.grant_type === 'client_credentials' ? 'urn:bench' : undefined),
      getResourceServerInfo: async () => ({ scope: 'bench', audience: 'urn:bench', accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } }),
    },
  },
});

const challenge = createHash('sha256').update(verifier).digest('base64url');
const client = await provider.Client.find(clientId);
const seeded = { refresh: [], codes: [], tokens: [] };
for (let i = 0; i < count; i++) {
  const accountId = `orang${i}`;
  const grant = new provider.Grant({ accountId, clientId });
  grant.addOIDCScope('openid offline_access');
  const grantId = await grant.save();
  const common = { accountId, client, clientId, grantId, scope: 'openid offline_access', gty: 'authorization_code' };
  seeded.refresh.push(await new provider.RefreshToken({ ...common, authTime: 1, rotations: 0 }).save());
  seeded.codes.push(await new provider.AuthorizationCode({ ...common, authTime: 1, redirectUri, codeChallenge: challenge, codeChallengeMethod: 'S256' }).save());
  if (i < 1000) seeded.tokens.push(await new provider.AccessToken({ ...common }).save());
}

writeFileSync(process.argv[4], JSON.stringify(seeded));
provider.listen(port, '127.0.0.1');
