/**
 * A phrase with places for values, `{1} articles`; with two forms where English tells one from many, by
 * the first value. `{1:month}` puts in the name of a month, `{1:phrase}` a phrase of the interface.
 */
export type Phrase = string | { readonly one: string; readonly other: string };

const PLACE = /\{(\d)(?::(month|phrase))?\}/g;

const monthName = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' });

/** The phrase with the values in their places. */
export function fillPhrase(phrase: Phrase, values: readonly string[]): string {
  return formFor(phrase, values).replace(PLACE, (_place, number: string, format?: string) => {
    const value = values[Number(number) - 1] ?? '';
    return format === 'month' ? monthName.format(Date.UTC(2000, Number(value) - 1)) : value;
  });
}

/** The numbers of the places that take a phrase of the interface, from 1. */
export function phrasePlaces(phrase: Phrase): ReadonlySet<number> {
  const places = [...formFor(phrase, []).matchAll(PLACE)];
  return new Set(places.filter(([, , format]) => format === 'phrase').map(([, at]) => Number(at)));
}

function formFor(phrase: Phrase, [first = '']: readonly string[]): string {
  if (typeof phrase === 'string') return phrase;
  return first.replaceAll(',', '') === '1' ? phrase.one : phrase.other;
}
