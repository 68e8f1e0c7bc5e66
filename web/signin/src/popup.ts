// What the pages with a form gain from a script. Each works without it.
import { replaceAddress } from './address';
import { openPhoneDoor } from './qr/start';
import { guardSubmits } from './submit';
import { revealPasswords } from './password';

replaceAddress(document.documentElement, location, history);
guardSubmits(document, window);
revealPasswords(document);
openPhoneDoor(document, window);
