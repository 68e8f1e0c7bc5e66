// jose, an independent implementation: what a resource server and a client check of our tokens, with nothing but our published keys.
import { createRemoteJWKSet, jwtVerify } from 'jose';

const { issuer, tokens } = JSON.parse(process.argv[2]);
const { jwks_uri } = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
const keys = createRemoteJWKSet(new URL(jwks_uri));
const seen = {};
for (const [name, { jwt, ...expected }] of Object.entries(tokens)) {
  const { payload, protectedHeader } = await jwtVerify(jwt, keys, { issuer, clockTolerance: 5, ...expected });
  seen[name] = { header: protectedHeader, claims: payload };
}
console.log(JSON.stringify(seen));
