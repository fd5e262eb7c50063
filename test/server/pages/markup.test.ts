import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { PAGES } from './every-page.ts';
import { htmlFaults } from './html-faults.ts';

describe.each(PAGES)('$name page', ({ render }) => {
  const page = render('贵阳高新区');
  const { document } = parseHTML(page);
  const all = (selector: string): Element[] => [...document.querySelectorAll(selector)];

  it('is valid HTML', async () => {
    expect(await htmlFaults(page)).toEqual([]);
  });

  it('names its language and has one title, one main, one first heading', () => {
    expect(document.documentElement.getAttribute('lang')).toBe('zh-Hans');
    expect(all('head > title')).toHaveLength(1);
    expect(all('main')).toHaveLength(1);
    expect(all('h1')).toHaveLength(1);
  });

  it('has no script or style of its own, as the content security policy demands', () => {
    expect(all('style, [style], script:not([src])')).toEqual([]);
    const handlers = all('*').flatMap((element) =>
      element.getAttributeNames().filter((name) => name.startsWith('on')),
    );
    expect(handlers).toEqual([]);
  });

  it('gives no id twice', () => {
    const ids = all('[id]').map((element) => element.id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('refers only to ids that exist', () => {
    for (const name of ['for', 'aria-labelledby', 'aria-describedby'])
      for (const element of all(`[${name}]`))
        expect(document.getElementById(element.getAttribute(name)!)).not.toBeNull();
    for (const link of all('a[href^="#"]'))
      expect(document.getElementById(link.getAttribute('href')!.slice(1))).not.toBeNull();
  });

  it('labels every field', () => {
    for (const field of all('input:not([type=hidden])')) {
      const labelled = field.closest('label') ?? document.querySelector(`label[for="${field.id}"]`);
      expect(labelled?.textContent.trim()).toBeTruthy();
    }
  });

  it('skips no heading level', () => {
    const levels = all('h1, h2, h3, h4').map((heading) => Number(heading.tagName.slice(1)));
    levels.forEach((level, index) => {
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    });
  });

  it('gives every link an address on this site or an http address', () => {
    for (const link of all('a'))
      expect(link.getAttribute('href')).toMatch(/^(\/(?!\/)|#|https?:\/\/)/);
  });
});
