// A browser as far as a server can tell: it keeps cookies and sends forms.
export class Browser {
  #cookies = new Map();

  constructor(issuer) {
    this.issuer = issuer;
  }

  /** Follows redirects within the server; the first address elsewhere is returned, not opened. */
  async go(address, form) {
    let url = new URL(address, this.issuer);
    let init = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
    for (let hops = 0; hops < 10; hops++) {
      if (url.origin !== new URL(this.issuer).origin) return { url, page: '' };
      const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(url, { ...init, redirect: 'manual', headers: { accept: 'text/html', 'sec-fetch-site': 'same-origin', ...(cookie && { cookie }) } });
      for (const line of answer.headers.getSetCookie()) {
        const [name, value] = line.split(';')[0].split('=');
        this.#cookies.set(name, value);
      }
      const location = answer.headers.get('location');
      const page = await answer.text();
      if (!location) return { url, page, status: answer.status };
      url = new URL(location, url);
      init = {};
    }
    throw new Error('Too many redirects.');
  }

  /** Fills in the form that posts to this action, hidden fields included. */
  async submit({ page }, action, filled) {
    const form = [...page.matchAll(/<form[^>]* action="([^"]*)"[^>]*>(.*?)<\/form>/gs)].find((each) => each[1] === action);
    if (!form) throw new Error(`No form to ${action} in: ${page.slice(0, 500)}`);
    const hidden = [...form[2].matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map((each) => [each[1], unescape(each[2])]);
    return this.go(action, { ...Object.fromEntries(hidden), ...filled });
  }
}

const unescape = (text) => text.replace(/&quot;/g, '"').replace(/&#x([0-9A-F]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16))).replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

/** Signs somebody in at the authorization endpoint and agrees. @returns the address the client is called back at. */
export async function signIn(browser, authorization, username, password) {
  const signInPage = await browser.go(authorization);
  const consent = await browser.submit(signInPage, '/sign-in', { username, password });
  return (await browser.submit(consent, '/oauth/consent', { decision: 'allow' })).url;
}
