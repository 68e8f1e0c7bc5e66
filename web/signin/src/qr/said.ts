/** A sentence of the page with its places filled in, as a voice reads it: digits one by one, a masked name as its initials. */
export function said(sentence: string, places: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => spoken(places[name]) ?? place);
}

/** Two digits are two digits, not a number: 47 is "4 7". */
export function spokenDigits(digits: string): string {
  return [...digits].join(' ');
}

function spoken(value: string | number | undefined): string | undefined {
  if (typeof value !== 'string') return value === undefined ? undefined : String(value);
  return /^\d+$/.test(value) ? spokenDigits(value) : value.replace(/[•*]+/g, '').replace(/\s+/g, ' ').trim();
}
