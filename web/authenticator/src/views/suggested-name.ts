import { phoneNames } from '../texts/set-up';
import type { Text } from '../texts/text';

/** A name most people would keep. */
export function suggestedName(say: (text: Text) => string, agent = navigator.userAgent): string {
  if (/Android/.test(agent)) return say(phoneNames.android);
  if (/iPhone/.test(agent)) return say(phoneNames.iphone);
  if (/iPad/.test(agent)) return say(phoneNames.ipad);
  return say(phoneNames.other);
}
