import { z } from 'zod';

const word = z.string('应为文字').min(1, '不能为空');
const words = z.array(word, '应为词的数组');
const wordsByName = z.record(z.string(), words);

/** `parks/traps.json`, as written there; `parks/README.md` says what the lists are for. */
const traps = z.strictObject({
  genericNames: words,
  districtNames: words,
  homonyms: wordsByName,
  nicknames: wordsByName,
  companyNames: z.record(z.string(), z.string('应为股票代码').regex(/^\d{6}$/, '应为六位代码')),
  companyFollowers: words,
  placeFollowers: words,
  notParkPlaces: z.strictObject({
    words,
    verbs: words,
    determiners: words,
    characters: word,
  }),
  beforePlace: words,
  otherPlaces: words,
});

/** Words that look like a park's name, or like the place in it, and are not. */
export interface NameTraps {
  /** Never a park's name on their own: 高新区. */
  readonly generic: ReadonlySet<string>;
  /** Districts, counties and towns that share a park's short name: 滨江. */
  readonly districts: ReadonlySet<string>;
  /** Popular names of a park that also mean something else: 光谷. */
  readonly nicknames: ReadonlySet<string>;
  /** Listed companies called like a park, with their stock code. */
  readonly companies: ReadonlyMap<string, string>;
  /** What follows when a company is meant: 股份. */
  readonly companyFollowers: readonly string[];
  /** What follows when a street, a stop or a town is meant: 广场. */
  readonly placeFollowers: readonly string[];
  /** Words that rule out that the text before 高新区 is a place. */
  readonly notPlaceWords: readonly string[];
  /** The same, at its beginning only: 各. */
  readonly notPlaceStarts: readonly string[];
  /** The same, single characters. */
  readonly notPlaceCharacters: ReadonlySet<string>;
  /** Words after which a place's name may begin: 位于. */
  readonly beforePlace: readonly string[];
  /** Provinces and cities in which the gazetteer has no park. */
  readonly otherPlaces: readonly string[];
}

export type TrapsReading =
  | { readonly type: 'traps'; readonly traps: NameTraps }
  | { readonly type: 'problems'; readonly problems: readonly string[] };

/** The traps in the text of `traps.json`, or every fault of it in Chinese. Never throws. */
export function readNameTraps(json: string): TrapsReading {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { type: 'problems', problems: [`不是完整的 JSON：${error.message}。请检查引号与逗号`] };
  }
  const parsed = traps.safeParse(value);
  if (!parsed.success) {
    return {
      type: 'problems',
      problems: parsed.error.issues.map((issue) =>
        issue.code === 'unrecognized_keys'
          ? `字段 ${issue.keys.join('、')}：没有这样的字段。请删去或改正名称`
          : `字段 ${issue.path.map(String).join('.')}：${issue.message}。请改正`,
      ),
    };
  }
  const data = parsed.data;
  const { words: notWords, verbs, determiners, characters } = data.notParkPlaces;
  return {
    type: 'traps',
    traps: Object.freeze({
      generic: new Set(data.genericNames),
      districts: new Set(data.districtNames),
      nicknames: new Set(Object.keys(data.nicknames)),
      companies: new Map(Object.entries(data.companyNames)),
      companyFollowers: Object.freeze(data.companyFollowers),
      placeFollowers: Object.freeze(data.placeFollowers),
      notPlaceWords: Object.freeze([...notWords, ...verbs]),
      notPlaceStarts: Object.freeze(determiners),
      notPlaceCharacters: new Set(characters),
      beforePlace: Object.freeze(data.beforePlace),
      otherPlaces: Object.freeze(data.otherPlaces),
    }),
  };
}
