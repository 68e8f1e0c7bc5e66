// better-auth as a measured peer: ES256 by its JWT plugin, everything in this process's memory, nothing durable.
// Writes the cookies of people who are signed in into a file, as JSON, and then listens.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { toNodeHandler } from 'better-auth/node';
import { jwt } from 'better-auth/plugins';
import { randomBytes } from 'node:crypto';

const [port, count] = process.argv.slice(2, 4).map(Number);
const origin = `http://127.0.0.1:${port}`;
const auth = betterAuth({
  baseURL: origin,
  secret: randomBytes(32).toString('hex'),
  database: memoryAdapter({ user: [], session: [], account: [], verification: [], jwks: [] }),
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { level: 'error' },
  plugins: [jwt({ jwks: { keyPairConfig: { alg: 'ES256' } } })],
});

const password = 'kuda laut menari di teluk';
const cookies = [];
for (let i = 0; i < count; i++) {
  const answer = await auth.api.signUpEmail({ body: { name: `Orang ${i}`, email: `orang${i}@bench.example`, password }, asResponse: true });
  cookies.push(answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; '));
}

writeFileSync(process.argv[4], JSON.stringify({ cookies }));
createServer(toNodeHandler(auth)).listen(port, '127.0.0.1');
