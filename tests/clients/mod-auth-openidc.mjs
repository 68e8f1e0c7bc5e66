// A person in front of a site that mod_auth_openidc guards: gets in, stays in while the module renews its token, and leaves.
import { Browser, journey } from './browser.mjs';

const given = JSON.parse(process.argv[2]);
const { issuer, site } = given;
const browser = new Browser(site, issuer);

const inside = await journey(browser, `${site}/inside.html`, given);
const environment = Object.fromEntries(inside.page.split('\n').filter((line) => line.startsWith('OIDC_CLAIM_') || line.startsWith('REMOTE_USER')).map((line) => line.split(/=(.*)/s).slice(0, 2)));
const info = async () => JSON.parse((await browser.go(`${site}/callback?info=json`)).page);
const before = await info();
await browser.go(`${site}/callback?refresh=${encodeURIComponent(`${site}/inside.html`)}&access_token=${before.access_token}`);
const after = await info();

const left = await browser.go(`${site}/callback?logout=${encodeURIComponent(`${site}/left.html`)}`);
const again = await browser.go(`${site}/callback?info=json`);
console.log(JSON.stringify({ inside: inside.url, environment, renewed: before.access_token !== after.access_token, person: after.userinfo, left: left.url, again: again.status }));
