import { loadProvinceTiles } from '../../../config/province-tiles.ts';
import { articlePage } from '../../../server/pages/article-page.ts';
import { comparePage } from '../../../server/pages/compare-page.ts';
import { errorPage } from '../../../server/pages/error-page.ts';
import { helpPage } from '../../../server/pages/help-page.ts';
import { parkPage } from '../../../server/pages/park-page.ts';
import { parksPage } from '../../../server/pages/parks-page.ts';
import { parksRequestSchema } from '../../../server/pages/parks-table.ts';
import { savedCreatedPage, savedPage } from '../../../server/pages/saved-page.ts';
import { searchPage } from '../../../server/pages/search-page.ts';
import { sourcePage } from '../../../server/pages/source-page.ts';
import { webhookPage } from '../../../server/pages/webhook-page.ts';
import type { WebhookState } from '../../../server/webhooks/webhook-store.ts';
import { startingPage } from '../../../server/pages/starting-page.ts';
import { startPage } from '../../../server/pages/start-page.ts';
import { adminPage } from '../../../server/pages/admin-page.ts';
import { STAGES } from '../../../server/http/request-trace.ts';
import {
  SHELL,
  articleViewOf,
  compareViewOf,
  parkOf,
  parkViewOf,
  requestOf,
  responseOf,
  sourcePageViewOf,
} from './sample-views.ts';

const webhookOf = (word: string): WebhookState => ({
  searchId: word,
  name: word,
  url: `https://example.com/${encodeURIComponent(word)}`,
  state: 'idle',
  deliveredAt: null,
  failedAt: '2025-01-02T03:04:05Z',
  givenUp: 3,
  problem: '对方没有按时回答',
});

/** Too long to stand in every link. */
const LONG = 'x'.repeat(2_001);

/** Every page, with `word` in every field that a reader, a newspaper or a visitor can fill. */
export const PAGES: readonly {
  readonly name: string;
  readonly render: (word: string) => string;
}[] = [
  {
    name: 'start',
    render: (word) =>
      startPage(SHELL, {
        articles: 2,
        parks: 1,
        from: word,
        to: word,
        topParks: [{ id: word, name: word, count: 2 }],
      }),
  },
  ...(
    [
      { doing: 'opening' },
      { doing: 'starting-engine' },
      { doing: 'waiting-for-intake' },
      { doing: 'taking-in-samples', files: 32, ofFiles: 96, articles: 1_050 },
      { doing: 'building-index', percent: null },
      { doing: 'building-index', percent: 42 },
    ] as const
  ).map((step) => ({
    name: `starting, ${Object.values(step).join(' ')}`,
    render: () => startingPage(SHELL, step),
  })),
  {
    name: 'search',
    render: (word) => searchPage(SHELL, { request: requestOf(word), response: responseOf(word) }),
  },
  {
    name: 'long search',
    render: (word) =>
      searchPage(
        { ...SHELL, address: `/search?q=${encodeURIComponent(`${LONG}${word}`)}` },
        {
          request: requestOf(`${LONG}${word}`, { page: 2 }),
          response: responseOf(word, { total: 50, page: 2 }),
        },
      ),
  },
  {
    name: 'search without results',
    render: (word) =>
      searchPage(SHELL, {
        request: requestOf(word),
        response: responseOf(word, { total: 0, hits: [] }),
        relaxations: [{ label: word, request: requestOf(word), total: 2 }],
      }),
  },
  { name: 'article', render: (word) => articlePage(SHELL, articleViewOf(word)) },
  { name: 'source page', render: (word) => sourcePage(SHELL, sourcePageViewOf(word)) },
  {
    name: 'parks',
    render: (word) =>
      parksPage(SHELL, {
        request: parksRequestSchema.parse({ group: 'province' }),
        parks: [parkOf(word)],
        tiles: loadProvinceTiles(),
        provinces: [
          { province: '贵州', parks: 1, articles: 3 },
          { province: word, parks: 1, articles: 2 },
        ],
      }),
  },
  {
    name: 'parks without results',
    render: (word) =>
      parksPage(SHELL, {
        request: { ...parksRequestSchema.parse({}), q: word },
        parks: [],
        tiles: [],
        provinces: [],
      }),
  },
  { name: 'park', render: (word) => parkPage(SHELL, parkViewOf(word)) },
  { name: 'compare', render: (word) => comparePage(SHELL, compareViewOf(word)) },
  {
    name: 'compare with a choice',
    render: (word) => comparePage(SHELL, compareViewOf(word, { found: [parkOf(word)] })),
  },
  {
    name: 'compare with an unknown name',
    render: (word) => {
      const { request } = compareViewOf(word);
      const asked = { ...request, add: word };
      return comparePage(SHELL, compareViewOf(word, { request: asked, found: [] }));
    },
  },
  {
    name: 'saved',
    render: (word) =>
      savedPage(SHELL, {
        rejected: { problems: [word], name: word, query: word },
      }),
  },
  {
    name: 'saved search created',
    render: (word) =>
      savedCreatedPage(SHELL, {
        token: word,
        saved: {
          id: word,
          name: word,
          query: word,
          link: `http://127.0.0.1/${word}`,
          feedAtom: `http://127.0.0.1/${word}`,
          feedJson: `http://127.0.0.1/${word}`,
          arrived: 0,
          createdAt: '2025-01-02T00:00:00Z',
          updatedAt: '2025-01-02T00:00:00Z',
        },
      }),
  },
  {
    name: 'webhook, without the token',
    render: (word) =>
      webhookPage(SHELL, { saved: { id: word, name: word }, problem: '网址最多 2000 个字符' }),
  },
  {
    name: 'webhook, new',
    render: (word) =>
      webhookPage(SHELL, {
        saved: { id: word, name: word },
        token: word,
        webhook: webhookOf(word),
        secret: word,
      }),
  },
  ...(['paused', null] as const).map((state) => ({
    name: `webhook, ${state ?? 'none'}`,
    render: (word: string) =>
      webhookPage(SHELL, {
        saved: { id: word, name: word },
        token: word,
        webhook: state && { ...webhookOf(word), state },
      }),
  })),
  {
    name: 'error',
    render: (word) =>
      errorPage(SHELL, {
        status: 503,
        problems: [word],
        address: `/search?q=${word}`,
        requestId: 'r1',
        request: requestOf(word),
      }),
  },
  {
    name: 'admin',
    render: (word) =>
      adminPage(SHELL, {
        articles: 2,
        rejected: 1,
        doubtful: 0,
        waiting: 3,
        indexMadeAt: '2025-01-02T03:04:05Z',
        rebuilding: { reason: '索引里有 3 篇，文章库里有 4 篇', progress: 42 },
        state: {
          renewal: null,
          isTakingUpWordLists: true,
          wordListsReadAt: new Date('2025-01-02T03:04:05Z'),
          wordListProblem: word,
          lastAudit: {
            checked: 32,
            fault: '抽查 32 篇，有 1 篇与文章库不符',
            at: new Date('2025-01-02T03:04:05Z'),
          },
        },
        summary: {
          searches: { times: 1234, meanMs: 12.3 },
          slow: 1,
          errors: 0,
          atHand: { answers: 40, ranked: 55, phrases: null },
          stages: new Map(
            STAGES.map((stage) => {
              const mostlyWithinMs = stage === 'rank' ? null : 2.5;
              return [stage, { times: 12, meanMs: 0.4, mostlyWithinMs }];
            }),
          ),
          engineQueue: 0,
        },
        findings: [
          {
            severity: 'rejected',
            file: word,
            place: word,
            reason: word,
            remedy: word,
            foundAt: '2025-01-02T00:00:00Z',
          },
        ],
        webhooks: (['idle', 'waiting', 'given-up', 'paused'] as const).map((state) => ({
          ...webhookOf(word),
          state,
        })),
      }),
  },
  { name: 'help', render: () => helpPage(SHELL) },
];
