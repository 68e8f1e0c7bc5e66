// openid-client on a device without a keyboard (RFC 8628): it shows a code and asks until a person has compared and allowed it.
import * as client from 'openid-client';
import { Browser, forms, journey } from './browser.mjs';

const given = JSON.parse(process.argv[2]);
const { issuer, clientId } = given;
const config = await client.discovery(new URL(issuer), clientId, undefined, client.None(), { execute: [client.allowInsecureRequests] });
const device = await client.initiateDeviceAuthorization(config, { scope: 'openid profile' });
const polling = client.pollDeviceAuthorizationGrant(config, device);

// Meanwhile, on the person's phone.
const browser = new Browser(issuer);
let seen = await journey(browser, device.verification_uri_complete, given);
console.error(seen.url.href, seen.page, forms(seen.page));
const tokens = await polling;
console.log(JSON.stringify({ sub: tokens.claims().sub, scope: tokens.scope }));
