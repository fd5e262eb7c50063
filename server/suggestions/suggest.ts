import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import type { Store } from '../../indexer/store/database.ts';
import type { CountedWord } from '../../indexer/store/vocabulary.ts';
import type { ParkSummary, Suggestion } from '../api/park-schema.ts';
import { createParkSuggester } from './suggest-parks.ts';
import { createTitleSuggester, type TitleSuggestion } from './suggest-titles.ts';
import { createWordSuggester } from './suggest-words.ts';
import type { ParkFinder } from '../parks/find-parks.ts';
import { fieldNamed } from '../query/query-tokens.ts';

const MAX_SUGGESTIONS = 8;
/** So many of each kind are sure of a place, so that none crowds out the others; together all places. */
const SURE = { park: 3, word: 3, title: 2 } as const;

/**
 * What a person may be about to type: parks, words of the corpus, recent titles, in this order.
 * Each `text` is a whole query to take the place of what is typed.
 */
export function createSuggester(
  parkList: () => readonly ParkSummary[],
  findParks: ParkFinder,
  store: Store,
  isStopWord: (term: string) => boolean,
) {
  const suggestParks = createParkSuggester(parkList, findParks);
  const suggestWords = createWordSuggester(store, isStopWord);
  const suggestTitles = createTitleSuggester(store);

  return async function suggest(typed: string): Promise<Suggestion[]> {
    const { head, word, field } = readTypedText(typed);
    if (field === 'date' || field === 'source') return [];
    const parks = word === '' || field === 'title' ? [] : suggestParks(word, MAX_SUGGESTIONS);
    const names = new Set(parks.map(({ name }) => name));
    const words = word === '' || field === 'park' ? [] : await suggestWords(word, MAX_SUGGESTIONS);
    const titles = isPlain(typed) ? suggestTitles(wordsOf(typed), MAX_SUGGESTIONS) : [];
    return share([
      parks.map((park) => describePark(park, head)),
      words.filter((one) => !names.has(one.word)).map((one) => describeWord(one, head)),
      titles.map(describeTitle),
    ]);
  };
}

const isPlain = (typed: string) => !/["“”「」『』()（）|｜:：]|(?:^|\s)-/u.test(typed);

const wordsOf = (typed: string) =>
  normaliseText(typed)
    .text.split(/\s+/u)
    .filter((word) => word !== '');

function describePark(
  { name, province, typeLabel, articles }: ParkSummary,
  head: string,
): Suggestion {
  const label = province === '' ? typeLabel : `${province} · ${typeLabel}`;
  return { type: 'park', text: head + name, label, count: articles };
}

function describeWord({ word, count }: CountedWord, head: string): Suggestion {
  return { type: 'word', text: head + word, label: '', count };
}

function describeTitle({ article, copies }: TitleSuggestion): Suggestion {
  const label = [article.date, article.source].filter((one) => one !== null).join(' · ');
  return { type: 'title', text: article.title, label, count: copies };
}

/** Each kind gets its places first; what one does not need goes to the others, in order. */
function share(kinds: readonly (readonly Suggestion[])[]): Suggestion[] {
  const taken = kinds.map((kind) => Math.min(kind.length, SURE[kind[0]?.type ?? 'park']));
  let left = MAX_SUGGESTIONS - taken.reduce((sum, count) => sum + count, 0);
  return kinds.flatMap((kind, at) => {
    const more = Math.max(0, Math.min(left, kind.length - taken[at]!));
    left -= more;
    return kind.slice(0, taken[at]! + more);
  });
}

/** What has been typed so far, taken apart where a suggestion is to go on. */
interface TypedText {
  /** What stays as it is: earlier words, `-`, `(`, `园区:`. */
  readonly head: string;
  /** The last word, normalised: it is what is completed. */
  readonly word: string;
  /** The field that the last word is the value of; null outside of fields. */
  readonly field: ReturnType<typeof fieldNamed> | null;
}

/** `招商 -园区:貴陽` → `招商 -园区:` and `贵阳`, in the field of parks. */
function readTypedText(typed: string): TypedText {
  let start = typed.search(/(?<!\S)\S*$/u);
  let field: TypedText['field'] = null;
  for (;;) {
    const rest = typed.slice(start);
    const sign = /^[-(（|｜]/u.exec(rest)?.[0];
    const name = /^([^:：]+)[:：]/u.exec(rest);
    const named = name === null ? undefined : fieldNamed(name[1]!);
    if (sign !== undefined) start += sign.length;
    else if (name !== null && named !== undefined) {
      field = named;
      start += name[0].length;
    } else break;
  }
  return {
    head: typed.slice(0, start),
    word: normaliseText(typed.slice(start)).text.trim(),
    field,
  };
}
