import { goOnward } from './onward';

goOnward(document, window);
