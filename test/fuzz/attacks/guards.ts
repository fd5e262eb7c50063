import type { Attack } from './attack.ts';
import { atOnce, between, pick } from './attack.ts';
import { exchange } from './raw-connection.ts';

const FLOOD = 700;
const CHANGE = JSON.stringify({ name: '外来', query: 'q=a' });
const CHANGES = [
  ['POST', '/api/saved-searches', 'application/json', CHANGE],
  ['POST', '/api/saved-searches', 'text/plain', CHANGE],
  ['POST', '/saved', 'application/x-www-form-urlencoded', 'name=a&query=q%3Da'],
  ['PATCH', '/api/saved-searches/nothing', 'application/json', CHANGE],
  ['DELETE', '/api/saved-searches/nothing', 'application/json', ''],
  [
    'PUT',
    '/api/saved-searches/nothing/webhook',
    'application/json',
    '{"url":"https://example.org"}',
  ],
  ['POST', '/api/saved-searches/nothing/restore', 'application/json', ''],
] as const;
const ORIGINS = [
  ...[
    'https://evil.example',
    'null',
    'http://127.0.0.1:1',
    'http://127.0.0.1.evil.example',
    'file://',
  ],
  ...['http://localhost', 'https://127.0.0.1', 'x'],
];

/** Changes that a page of another site sends: refused as such, whatever else is wrong with them. */
export const foreignOrigins: Attack = {
  name: 'foreign origins',
  async run(target, random) {
    const { address, note } = target;
    for (const [method, path, type, body] of CHANGES) {
      const origin = pick(ORIGINS, random);
      const headers = { Origin: origin, 'Content-Type': type };
      const response = await fetch(address + path, { method, headers, redirect: 'manual', body });
      await response.arrayBuffer();
      if (![400, 403].includes(response.status))
        note(`${method} ${path} 来自 Origin: ${origin}：${response.status}，应拒绝`);
    }
  },
};

const CLAIMS: readonly ((number: number) => string)[] = [
  () => '203.0.113.7',
  (number) => `203.0.113.7:${1_000 + number}`,
  (number) => `[2001:db8::7]:${1_000 + number}`,
  (number) => `2001:db8::${number.toString(16)}`,
  (number) => `::ffff:203.0.113.7%${number}`,
  (number) => `"203.0.113.7:${number}"`,
  (number) => `198.51.100.${number % 250}, 203.0.113.7`,
  (number) => `_hidden${number}`,
  (number) => `x${number}`,
];

/** One client behind the proxy, that writes its address ever otherwise: it is still limited. */
export const forwardedFor: Attack = {
  name: 'forwarded for',
  async run(target, random) {
    const claim = pick(CLAIMS, random);
    const request = (number: number) =>
      `GET /api/parks?q=a HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${claim(number)}\r\n\r\n`;
    const perConnection = FLOOD / 10;
    let refused = 0;
    await atOnce(10, async (client) => {
      const numbers = Array.from({ length: perConnection }, (_, n) => client * perConnection + n);
      const answers = await exchange(target, {
        bytes: numbers.map(request).join(''),
        methods: numbers.map(() => 'GET'),
        withinMs: 10_000,
        client,
        what: `X-Forwarded-For: ${claim(client)}`,
      });
      refused += answers.filter(({ status }) => status === 429 || status === 400).length;
    });
    if (refused === 0)
      target.note(`X-Forwarded-For: ${claim(1)}、${claim(2)} … 的 ${FLOOD} 个请求都没有受限`);
  },
};

/** Wrong tokens in numbers, and pages that need the right one. */
export const wrongTokens: Attack = {
  name: 'wrong tokens',
  async run({ address, adminToken, note }, random) {
    const tries = Array.from({ length: between(50, 150, random) }, () => ({
      path: pick(['/admin', '/metrics', '/api/saved-searches/nothing', '/admin/x'], random),
      authorization: pick(
        [
          `Bearer ${adminToken.slice(1)}`,
          `Basic ${Buffer.from(`a:${adminToken}x`).toString('base64')}`,
          `Bearer ${'x'.repeat(8_000)}`,
          `Basic ${'='.repeat(40)}`,
          'Negotiate x',
          'Bearer',
        ],
        random,
      ),
    }));
    await atOnce(tries.length, async (number) => {
      const { path, authorization } = tries[number]!;
      const headers = { Authorization: authorization };
      const response = await fetch(address + path, { headers });
      await response.arrayBuffer();
      if (![401, 403, 404, 429].includes(response.status))
        note(`GET ${path} 口令不对（${authorization.slice(0, 30)}）：${response.status}`);
    });
    const bare = await fetch(`${address}/metrics`);
    await bare.arrayBuffer();
    if (![401, 403].includes(bare.status))
      note(`设了 ADMIN_TOKEN，GET /metrics 没有口令也得到 ${bare.status}`);
  },
};
