import { lockOfSecret } from './seal';

/** An extension of WebAuthn Level 3: an authenticator's own secret function, which it runs only for the person. */
interface PrfOutputs {
  prf?: { enabled?: boolean; results?: { first?: BufferSource } };
}

type Capable = typeof PublicKeyCredential & { getClientCapabilities?: () => Promise<Record<string, boolean>> };

const algorithms: PublicKeyCredentialParameters[] = [
  { type: 'public-key', alg: -7 },
  { type: 'public-key', alg: -257 },
];

/** Whether it is worth asking. Some browsers know only when they try. */
export async function mayHaveScreenLock(): Promise<boolean> {
  if (typeof PublicKeyCredential === 'undefined') return false;
  try {
    if (!(await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable())) return false;
    const capabilities = await (PublicKeyCredential as Capable).getClientCapabilities?.();
    return capabilities?.['extension:prf'] ?? true;
  } catch {
    return false;
  }
}

/** @returns null when this phone's authenticator has no such function; throws when the person said no. */
export async function makeScreenLock(name: string, salt: Uint8Array<ArrayBuffer>): Promise<{ credentialId: Uint8Array<ArrayBuffer>; lock: CryptoKey } | null> {
  const made = (await navigator.credentials.create({
    publicKey: {
      rp: { name, id: location.hostname },
      user: { id: crypto.getRandomValues(new Uint8Array(16)), name, displayName: name },
      // Nobody checks this credential but the phone itself: the server never hears of it.
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      pubKeyCredParams: algorithms,
      authenticatorSelection: { authenticatorAttachment: 'platform', userVerification: 'required', residentKey: 'discouraged' },
      extensions: { prf: { eval: { first: salt } } } as AuthenticationExtensionsClientInputs,
    },
  })) as PublicKeyCredential | null;
  if (!made) return null;
  const { prf } = made.getClientExtensionResults() as PrfOutputs;
  const credentialId = new Uint8Array(made.rawId);
  if (prf?.results?.first) return { credentialId, lock: await lockOfSecret(copy(prf.results.first), salt) };
  return prf?.enabled ? { credentialId, lock: await openScreenLock(credentialId, salt) } : null;
}

/** Asks for the finger, the face or the PIN. @throws when the person said no, or the credential is gone. */
export async function openScreenLock(credentialId: Uint8Array<ArrayBuffer>, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const got = (await navigator.credentials.get({
    publicKey: {
      rpId: location.hostname,
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      allowCredentials: [{ type: 'public-key', id: credentialId, transports: ['internal'] }],
      userVerification: 'required',
      extensions: { prf: { eval: { first: salt } } } as AuthenticationExtensionsClientInputs,
    },
  })) as PublicKeyCredential | null;
  const first = (got?.getClientExtensionResults() as PrfOutputs | undefined)?.prf?.results?.first;
  if (!first) throw new Error('The authenticator gave no secret.');
  return lockOfSecret(copy(first), salt);
}

function copy(source: BufferSource): Uint8Array<ArrayBuffer> {
  const bytes = ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);
  return new Uint8Array(bytes);
}
