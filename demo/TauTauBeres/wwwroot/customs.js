// The resource API: any API that accepts the user's token is called like this.

/** Resolves with the list of documents; rejects with `signed_out` when the token is no longer good. */
export async function fetchDocuments(url, accessToken) {
  const response = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } });
  if (response.status === 401) throw new Error('signed_out');
  if (!response.ok) throw new Error('unavailable');
  return response.json();
}

/**
 * The readable middle of a JWT, for a greeting on the screen. It proves nothing: whoever relies on a token checks it
 * first, as the customs API does.
 */
export function readForDisplay(accessToken) {
  try {
    const base64 = accessToken.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return {};
  }
}
