import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { errorPage } from '../../../server/pages/error-page.ts';
import { SHELL } from './sample-views.ts';

function retryAddress(status: 400 | 429 | 503, address: string): string | null {
  const { document } = parseHTML(
    errorPage(SHELL, { status, problems: [], address, requestId: 'r1' }),
  );
  return document.querySelector('a.button')?.getAttribute('href') ?? null;
}

describe('errorPage', () => {
  it('offers to try again when waiting can help', () => {
    expect(retryAddress(503, '/search?q=a')).toBe('/search?q=a');
    expect(retryAddress(429, '/search?q=a')).toBe('/search?q=a');
    expect(retryAddress(400, '/search?q=a')).toBeNull();
  });

  it.each(['//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example'])(
    'never leads away from this site: %s',
    (address) => {
      expect(retryAddress(503, address)).toBe('/');
    },
  );
});
