// A person signs out here, while a site that mod_auth_openidc guards is open: the module hears of it (back-channel) and lets nobody in any more.
import { setTimeout } from 'node:timers/promises';
import { Browser, journey } from './browser.mjs';

const given = JSON.parse(process.argv[2]);
const { issuer, site } = given;
const browser = new Browser(site, issuer);
const info = async () => (await browser.go(`${site}/callback?info=json`)).status;

await journey(browser, `${site}/inside.html`, given);
const before = await info();
await browser.submit(await browser.go(`${issuer}/oauth/logout`), '/oauth/logout/confirm', { decision: 'sign-out' });
let after = await info();
for (let tries = 0; after === 200 && tries < 50; tries++) {
  await setTimeout(100);
  after = await info();
}
console.log(JSON.stringify({ before, after }));
