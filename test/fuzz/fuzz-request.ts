import fc from 'fast-check';

/** A request to be made; `body` is sent as it is. */
export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** No page of ours has such an element: where it stands unescaped, input has become markup. */
export const CANARY = '<zq7x';

/** What the query language and the analyzer take for more than letters. */
export const QUERY_SIGNS = [
  ...[
    '"',
    '“',
    '”',
    '「',
    '-',
    '(',
    ')',
    '（',
    ' OR ',
    '|',
    ' ',
    '　',
    '\\',
    '..',
    '\u0000',
    '\ud83d',
  ],
  ...['标题:', '园区:', '来源:', '日期:', '日期:2022', '日期:去年', 'title:', 'date:2022-13'],
  ...[
    '贵阳高新区',
    '綜保區',
    'gygxq',
    '招商',
    '去年',
    '２０２２年',
    '51万',
    '3.8%',
    'C++',
    '的',
    '，',
  ],
];

const WORDS = [
  ...QUERY_SIGNS,
  ...[`${CANARY} onload=a>`, `"${CANARY}>`, `'>${CANARY}>`, '&lt;', '\u202e', '__proto__'],
  ...["' OR 1=1 --", '{{7*7}}'],
];
const PARAMETERS = [
  ...[
    'q',
    'park',
    'province',
    'type',
    'source',
    'year',
    'month',
    'from',
    'to',
    'kind',
    'sort',
    'page',
  ],
  ...[
    'size',
    'literal',
    'format',
    'text',
    'since',
    'by',
    'v',
    'a',
    'b',
    'lang',
    '__proto__',
    'q[]',
    'q[a]',
  ],
];
const PLACES = [
  ...['/', '/search', '/search', '/parks', '/saved', '/compare', '/help', '/admin', '/nowhere'],
  ...['/api/search', '/api/search', '/api/suggest', '/api/parks', '/api/analyze', '/api/export'],
  ...['/api/saved-searches', '/api/openapi.json', '/healthz', '/readyz', '/metrics'],
  ...['/api/webhooks', '/admin/webhooks/remove'],
];
const PLACES_WITH_ID = [
  ...['/articles/*', '/articles/*/source', '/parks/*', '/s/*', '/s/*/feed.atom', '/s/*/feed.json'],
  ...['/api/articles/*', '/api/saved-searches/*', '/api/saved-searches/*/news', '/assets/*'],
  ...['/s/*/webhook', '/api/saved-searches/*/webhook', '/api/webhooks/*'],
];

const text = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...WORDS) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));
const value = fc.oneof(
  { weight: 5, arbitrary: text },
  {
    weight: 2,
    arbitrary: fc.constantFrom('relevance', 'newest', 'jsonl', 'csv', '2022', '2022-03', 'gygxq'),
  },
  { weight: 1, arbitrary: fc.integer().map(String) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 60 }).map(String) },
);
const query = fc
  .array(fc.tuple(fc.constantFrom(...PARAMETERS), value), { maxLength: 5 })
  .map((pairs) => pairs.map(([name, given]) => `${name}=${encode(given)}`).join('&'));
const place = (ids: readonly string[]) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...PLACES) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom(...PLACES_WITH_ID), fc.oneof(fc.constantFrom(...ids), text))
        .map(([pattern, id]) => pattern.replace('*', () => encode(id))),
    },
    // Paths that are no address at all.
    {
      weight: 1,
      arbitrary: fc.stringMatching(/^\/[!-~]{0,40}$/).map((path) => path.replaceAll('#', '')),
    },
  );
const body = fc.oneof(
  fc.record({ name: text, query: text }).map((one) => JSON.stringify(one)),
  fc.json(),
  text,
);

/** Any request to any route, most of them nearly right; `ids` are of things that there are. */
export function fuzzRequests(ids: readonly string[]): fc.Arbitrary<FuzzRequest> {
  const reading = fc.record({
    method: fc.constantFrom('GET', 'GET', 'GET', 'GET', 'HEAD', 'OPTIONS'),
    path: fc
      .tuple(place(ids), query)
      .map(([path, given]) => (given === '' ? path : `${path}?${given}`)),
    headers: fc.constantFrom<Record<string, string>>(
      {},
      { 'if-none-match': '"x"' },
      { range: 'bytes=0-1' },
    ),
  });
  const writing = fc.record({
    method: fc.constantFrom('POST', 'PATCH', 'DELETE', 'PUT'),
    path: place(ids),
    headers: fc
      .tuple(
        fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'text/plain', 'x'),
        fc.constantFrom('', 'Bearer x', 'Basic eDp5'),
      )
      .map(([type, authorization]) => ({
        'content-type': type,
        ...(authorization === '' ? {} : { authorization }),
      })),
    body,
  });
  return fc.oneof({ weight: 9, arbitrary: reading }, { weight: 1, arbitrary: writing });
}

/** As a browser does; a lone surrogate, which has no such form, becomes bytes that are no UTF-8. */
function encode(given: string): string {
  return /\p{Cs}/u.test(given) ? '%ed%a0%bd' : encodeURIComponent(given);
}
