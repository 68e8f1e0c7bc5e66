// openid-client on a device without a keyboard (RFC 8628): it shows a code and asks until a person has compared and allowed it.
import * as client from 'openid-client';
import { Browser, journey } from './browser.mjs';

const given = JSON.parse(process.argv[2]);
const { issuer, clientId } = given;
const config = await client.discovery(new URL(issuer), clientId, undefined, client.None(), { execute: [client.allowInsecureRequests] });
const device = await client.initiateDeviceAuthorization(config, { scope: 'openid profile' });
const polling = client.pollDeviceAuthorizationGrant(config, device);

// Meanwhile, on the person's phone.
const browser = new Browser(issuer);
const asked = await journey(browser, device.verification_uri_complete, given);
const decided = await browser.submit(asked, '/device', { decision: 'allow' });
const tokens = await polling;
console.log(JSON.stringify({ compared: asked.page.includes(device.user_code), decided: decided.status, sub: tokens.claims().sub, scope: tokens.scope }));
