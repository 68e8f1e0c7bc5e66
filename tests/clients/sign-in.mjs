// For clients in other languages: plays the browser and prints the address the client is called back at.
import { Browser, signIn } from './browser.mjs';

const given = JSON.parse(process.argv[2]);
console.log((await signIn(new Browser(given.issuer), given.authorization, given)).href);
