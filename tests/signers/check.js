// Every signer signs; libraries other than its own must accept that, and refuse it once a bit is changed.
// Started by check.sh. `--probe-only` says which signers can run here, and exits 1 when one cannot.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

// The documented request of /v1/authenticate; its S is high.
const documented = {
  text: 'nu.id:1:client-1:YgWIexz3YJwtqD8WQcoBdkDkGsNo5obz:1678550057',
  publicKey: '04c5e4e387c76ada73c8a7fc7c613aac1ed455a87e8bcd72b74506d3ad8dcef0c06a644449be6d7e529cc6b4f2abe2be65c5197aa40464756e78e3da78f2bb82a8',
  signature: '30460221008bf8d481763303cd260472f38fa2b3232a14f5cbea5414c54d42e8cc868a4c1b022100b5d7b8d09413649f5adf494c30488f7c0bf97b20de4f32c9065ae20f023fe50d',
};

// The key, X and Y each start with a zero byte, which a careless encoder drops.
const zeros = {
  privateKey: '0038f1a9550d6ebbd2294149549bef9bb7c689ae0f067b489941bfecef0027be',
  publicKey: '040025fa8abc5095a0cf0a25637fbcfecc8021a8dce50084b17c8b2fd40cafe362000fc0c09467bc731b5077038559e79243b3e0ac8a03b012587361cf1e6bb393',
};

const texts = [documented.text, 'nu.id:1:kafé-日本-🐉:ÿ:1678550057', 'x'];

const verifiers = [
  { library: 'OpenSSL', command: ['bash', 'verifiers/openssl.sh'] },
  { library: 'noble', command: ['node', 'verifiers/noble.js'] },
  { library: 'python-ecdsa', command: ['/usr/bin/python3', 'verifiers/python-ecdsa.py'] },
].filter(accepts(documented));

const keygenLine = /^\{"privateKey":"[0-9a-f]{64}","publicKey":"04[0-9a-f]{128}"\}\n$/;
const signLine = /^\{"publicKey":"04[0-9a-f]{128}","signature":"30[0-9a-f]{2}02[0-9a-f]+"\}\n$/;

const signers = JSON.parse(readFileSync('signers.json', 'utf8'));
const strict = process.argv.includes('--strict');
let passed = 0, failed = 0;

if (process.argv.includes('--probe-only')) {
  const missing = signers.filter(signer => !canRun(signer));
  const ready = signers.filter(signer => !missing.includes(signer));
  for (const signer of ready) console.log(`ready    ${signer.name}`);
  for (const signer of missing) console.log(`MISSING  ${signer.name}: needs ${signer.needs.join(', ')}`);
  process.exit(missing.length ? 1 : 0);
}

console.log(`verifiers: ${verifiers.map(verifier => verifier.library).join(', ')}\n`);
console.log(row('signer', 'checks', 'high S', 'sign, ms'));
signers.forEach(examine);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);

function examine(signer) {
  if (!canRun(signer)) {
    if (strict) failed++;
    return console.log(row(signer.name, 'missing', '', ''));
  }
  const others = verifiers.filter(verifier => verifier.library !== signer.library);
  const before = { passed, failed, time: Date.now() };
  check(signer, 'two other libraries are here to verify', others.length >= 2);
  const fresh = ask(signer, ['keygen'], keygenLine);
  const signed = [...texts.map(text => ({ text, key: fresh })), { text: texts[0], key: zeros }]
    .map(({ text, key }) => ({ text, key, ...ask(signer, ['sign', String(key.privateKey), text], signLine) }));
  const ms = Math.round((Date.now() - before.time) / (signed.length + 1));

  for (const one of signed.filter(one => one.signature)) {
    check(signer, 'the public key is that of the private key', one.publicKey === one.key.publicKey);
    for (const other of others) {
      check(signer, `${other.library} accepts "${one.text}"`, accepts(one)(other));
      check(signer, `${other.library} refuses "${one.text}" with a bit changed`, !accepts({ ...one, signature: flipLastBit(one.signature) })(other));
      check(signer, `${other.library} refuses "${one.text}" for another text`, !accepts({ ...one, text: one.text + '0' })(other));
    }
  }
  const high = signed.filter(one => one.signature).filter(one => sOf(one.signature) > order / 2n).length;
  const good = passed - before.passed;
  console.log(row(signer.name, `${good}/${good + failed - before.failed}`, `${high} of ${signed.length}`, ms));
}

// The parts of the one line the contract asks for, or nothing when it is any other output.
function ask(signer, question, line) {
  const { stdout, stderr } = run([...signer.command, ...question]);
  const kept = line.test(stdout);
  check(signer, `${question[0]} prints the one JSON line of the contract: ${stdout}${stderr}`.trim(), kept);
  return kept ? JSON.parse(stdout) : {};
}

function check(signer, sentence, holds) {
  if (holds) return passed++;
  failed++;
  console.log(`FAILED  ${signer.name}: ${sentence}`);
}

function accepts({ publicKey, signature, text }) {
  return verifier => run([...verifier.command, publicKey, signature, text]).status === 0;
}

function canRun(signer) {
  return run(signer.probe).status === 0;
}

// In the plain C locale, as a container or a build machine has: the text must come through as UTF-8 all the same.
function run([program, ...args]) {
  return spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' }, timeout: 60_000 });
}

function sOf(der) {
  const rLength = parseInt(der.slice(6, 8), 16);
  return BigInt('0x' + der.slice(8 + 2 * rLength + 4));
}

function flipLastBit(hex) {
  return hex.slice(0, -1) + (parseInt(hex.slice(-1), 16) ^ 1).toString(16);
}

function row(name, checks, high, ms) {
  return `${name.padEnd(26)}${String(checks).padEnd(10)}${high.padEnd(10)}${ms}`;
}
