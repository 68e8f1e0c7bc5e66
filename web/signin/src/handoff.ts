import { handOff } from './hand-off';

handOff(document, window, window);
