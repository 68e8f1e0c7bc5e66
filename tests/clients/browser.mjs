// A browser as far as servers can tell: it keeps cookies, follows redirects and sends forms.
import { request } from 'node:http';

export class Browser {
  #cookies = new Map();
  #at = null;

  /** @param origins what it opens; an address elsewhere is where a journey ends, and is not opened. */
  constructor(...origins) {
    this.origins = origins.map((each) => new URL(each).origin);
  }

  /** @returns where it ended, with the page there; without a status where it did not look. */
  async go(address, form) {
    let url = new URL(address, this.#at ?? this.origins[0]);
    let body = form && new URLSearchParams(form).toString();
    for (let hops = 0; hops < 12; hops++) {
      if (!this.origins.includes(url.origin)) return { url, page: '', ...(body && { form: Object.fromEntries(new URLSearchParams(body)) }) };
      const posted = body && { origin: this.#at?.origin, 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await open(url, { ...navigation, 'sec-fetch-site': this.#from(url), ...posted, ...this.#cookiesOf(url) }, body);
      for (const line of answer.headers['set-cookie'] ?? []) this.#keep(url, line);
      const { location } = answer.headers;
      if (!location) return { url: (this.#at = url), page: answer.page, status: answer.status };
      url = new URL(location, url);
      body = undefined;
    }
    throw new Error(`Too many redirects, the last to ${url}`);
  }

  /** Fills in the form that posts to this address, hidden fields included. */
  async submit({ page }, action, filled) {
    const form = forms(page).find((each) => each.action === action);
    if (!form) throw new Error(`No form to ${action} in: ${page.slice(0, 500)}`);
    return this.go(action, { ...form.hidden, ...filled });
  }

  #from(url) {
    if (!this.#at) return 'none';
    return this.#at.origin === url.origin ? 'same-origin' : 'cross-site';
  }

  #cookiesOf({ origin }) {
    const cookie = [...(this.#cookies.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
    return cookie && { cookie };
  }

  #keep({ origin }, line) {
    const [, name, value] = /^([^=]*)=([^;]*)/.exec(line);
    const isGone = /max-age=0|expires=Thu, 01.Jan.1970/i.test(line);
    if (!this.#cookies.has(origin)) this.#cookies.set(origin, new Map());
    if (isGone) this.#cookies.get(origin).delete(name);
    else this.#cookies.get(origin).set(name, value);
  }
}

const navigation = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

// Not fetch, which says of itself that it is no navigation; servers turn that away.
const open = (url, headers, body) => new Promise((resolve, reject) => {
  request(url, { method: body === undefined ? 'GET' : 'POST', headers }, async (answer) => {
    try {
      resolve({ status: answer.statusCode, headers: answer.headers, page: Buffer.concat(await answer.toArray()).toString() });
    } catch (error) {
      reject(error);
    }
  }).on('error', reject).end(body);
});

/** Every form of a page that is posted, in order. */
export const forms = (page) => [...page.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)].filter(([, tag]) => /method="post"/i.test(tag)).map(([, tag, inside]) => ({
  action: unescape(/action="([^"]*)"/.exec(tag)?.[1] ?? ''),
  hidden: Object.fromEntries([...inside.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map((each) => [each[1], unescape(each[2])])),
}));

const unescape = (text) => text.replace(/&quot;/g, '"').replace(/&#x([0-9A-F]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16))).replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

/** Goes to an address and does whatever is asked of the person on the way: password, consent. @returns where they end, as `go` does. */
export async function journey(browser, address, { issuer, username, password }) {
  let seen = await browser.go(address);
  for (let pages = 0; pages < 8; pages++) {
    if (seen.status === undefined || seen.url.origin !== new URL(issuer).origin) return seen;
    const asked = forms(seen.page).map((each) => each.action);
    const elsewhere = asked.find((each) => /^https?:/.test(each) && !each.startsWith(issuer));
    if (elsewhere) seen = await browser.submit(seen, elsewhere, {});
    else if (asked.includes('/sign-in')) seen = await browser.submit(seen, '/sign-in', { username, password });
    else if (asked.includes('/oauth/consent')) seen = await browser.submit(seen, '/oauth/consent', { decision: 'allow' });
    else return seen;
  }
  throw new Error(`Nowhere after many pages: ${seen.url} ${seen.page.slice(0, 500)}`);
}

/** Signs somebody in at the authorization endpoint. @returns the address the client is called back at. */
export async function signIn(browser, authorization, person) {
  const { url, page, status } = await journey(browser, authorization, person);
  if (status !== undefined) throw new Error(`No callback: ${status} ${url} ${page.slice(0, 2000)}`);
  return url;
}
