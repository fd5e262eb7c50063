import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { MAX_QUERY_LENGTH } from '../../server/api/search-schema.ts';
import type { TestService } from '../service-for-tests.ts';
import { sharedSampleService } from '../service-for-tests.ts';

/** Uncompressed. */
const MOST_BYTES = 300_000;

let service: TestService;
beforeAll(async () => {
  service = await sharedSampleService();
});

const WORDS = '综保区 跨境电商 貴陽高新區 招商 園區 企业 ';
const LONGEST = WORDS.repeat(MAX_QUERY_LENGTH).slice(0, MAX_QUERY_LENGTH).trim();

async function open(path: string, fields: readonly [string, string][]) {
  const response = await fetch(
    `${service.address}${path}?${new URLSearchParams(fields as [string, string][]).toString()}`,
  );
  const page = await response.text();
  const { document } = parseHTML(page);
  return { document, status: response.status, bytes: Buffer.byteLength(page) };
}

/** Where a form leads with what its button adds, as a browser sends it. */
function sent(document: Document, button: Element): URL {
  const form = document.querySelector(`form#${button.getAttribute('form')}`)!;
  const address = new URL(
    button.getAttribute('formaction') ?? form.getAttribute('action')!,
    service.address,
  );
  const own = [...document.querySelectorAll('input, button')].filter(
    (field) => field.closest('form') === form || field.getAttribute('form') === form.id,
  );
  for (const field of own) {
    const isBox = field.getAttribute('type') === 'checkbox';
    if (field.localName === 'button' ? field !== button : isBox && !field.hasAttribute('checked'))
      continue;
    const name = field.getAttribute('name');
    if (name !== null) address.searchParams.append(name, field.getAttribute('value') ?? '');
  }
  return address;
}

describe('the page of the longest query', () => {
  it.each<[string, string, [string, string][]]>([
    ['of words', '/search', [['q', LONGEST]]],
    ['of one word', '/search', [['q', '园'.repeat(MAX_QUERY_LENGTH)]]],
    [
      'of alternatives',
      '/search',
      [
        ['q', `贵阳 OR ${'园'.repeat(MAX_QUERY_LENGTH - 10)}`],
        ['size', '50'],
      ],
    ],
    [
      'that excludes',
      '/search',
      [
        ['q', `园区 -${'讯'.repeat(MAX_QUERY_LENGTH - 10)}`],
        ['size', '50'],
      ],
    ],
    [
      'with chosen values',
      '/search',
      [
        ['q', `园区 -${'讯'.repeat(MAX_QUERY_LENGTH - 10)}`],
        ...Array.from({ length: 50 }, (_, at): [string, string] => [
          'source',
          `${'报'.repeat(20)}${at}`,
        ]),
      ],
    ],
    [
      'of a comparison',
      '/compare',
      [
        ['q', LONGEST],
        ['park', 'suzhou-industrial-park'],
      ],
    ],
  ])('is small: %s', async (_, path, fields) => {
    const { bytes } = await open(path, fields);
    expect(bytes).toBeLessThan(MOST_BYTES);
  });

  it('leads on as that of a short query does', async () => {
    const q = `园区 -${'讯'.repeat(2_000)}`;
    const { document, status } = await open('/search', [
      ['q', q],
      ['sort', 'newest'],
    ]);
    expect(status).toBe(200);
    const button = (name: string) => document.querySelector(`button[name="${name}"]`)!;
    const next = sent(document, button('page'));
    expect([...next.searchParams]).toEqual([
      ['q', q],
      ['sort', 'newest'],
      ['page', '2'],
      ['from', ''],
      ['to', ''],
    ]);
    const second = await open('/search', [...next.searchParams]);
    expect(second.document.querySelector('ol.hits')?.getAttribute('start')).toBe('11');
    const box = document.querySelector('input[name="park"]')!;
    box.setAttribute('checked', '');
    const narrowed = sent(document, document.querySelector('.range button')!);
    expect(narrowed.searchParams.getAll('park')).toEqual([box.getAttribute('value')]);
    const { document: page } = await open('/search', [...narrowed.searchParams]);
    expect(page.querySelectorAll('input[name="park"][checked]')).toHaveLength(1);
    const file = await fetch(sent(document, button('format')));
    expect(file.headers.get('content-type')).toContain('text/csv');
  });
});
