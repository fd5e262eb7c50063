import { z } from 'zod';

const word = z.string('应为文字').min(1, '不能为空');
const words = z.array(word, '应为词的数组');
const wordsByName = z.record(z.string(), words);

const setOf = (items: Iterable<string>): ReadonlySet<string> => new Set(items);

/**
 * `parks/traps.json`, as written there, turned into words that look like a park's name, or like the place in
 * it, and are not; `parks/README.md` says what the lists are for.
 */
const traps = z
  .strictObject({
    genericNames: words,
    districtNames: words,
    homonyms: wordsByName,
    nicknames: wordsByName,
    companyNames: z.record(z.string(), z.string('应为股票代码').regex(/^\d{6}$/, '应为六位代码')),
    companyFollowers: words,
    placeFollowers: words,
    notParkPlaces: z.strictObject({ words, verbs: words, determiners: words, characters: word }),
    beforePlace: words,
    otherPlaces: words,
  })
  .transform(({ notParkPlaces, ...data }) =>
    Object.freeze({
      /** Never a park's name on their own: 高新区. */
      generic: setOf(data.genericNames),
      /** Districts, counties and towns that share a park's short name: 滨江. */
      districts: setOf(data.districtNames),
      /** Popular names of a park that also mean something else: 光谷. */
      nicknames: setOf(Object.keys(data.nicknames)),
      /** Listed companies called like a park, with their stock code. */
      companies: new Map(Object.entries(data.companyNames)),
      /** What follows when a company is meant: 股份. */
      companyFollowers: Object.freeze(data.companyFollowers),
      /** What follows when a street, a stop or a town is meant: 广场. */
      placeFollowers: Object.freeze(data.placeFollowers),
      /** Words that rule out that the text before 高新区 is a place. */
      notPlaceWords: Object.freeze([...notParkPlaces.words, ...notParkPlaces.verbs]),
      /** The same, at its beginning only: 各. */
      notPlaceStarts: Object.freeze(notParkPlaces.determiners),
      /** The same, single characters. */
      notPlaceCharacters: setOf(notParkPlaces.characters),
      /** Words after which a place's name may begin: 位于. */
      beforePlace: Object.freeze(data.beforePlace),
      /** Provinces and cities in which the gazetteer has no park. */
      otherPlaces: Object.freeze(data.otherPlaces),
    }),
  );

export type NameTraps = z.infer<typeof traps>;

/** The traps in the text of `traps.json`, or every fault of it in Chinese. Never throws. */
export function readNameTraps(json: string) {
  const problems = (...found: readonly string[]) =>
    ({ type: 'problems', problems: found }) as const;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return problems(`不是完整的 JSON：${error.message}。请检查引号与逗号`);
  }
  const parsed = traps.safeParse(value);
  if (parsed.success) return { type: 'traps', traps: parsed.data } as const;
  return problems(
    ...parsed.error.issues.map((issue) =>
      issue.code === 'unrecognized_keys'
        ? `字段 ${issue.keys.join('、')}：没有这样的字段。请删去或改正名称`
        : `字段 ${issue.path.map(String).join('.')}：${issue.message}。请改正`,
    ),
  );
}
