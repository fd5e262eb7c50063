import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { loadEnglishPhrases } from '../../../config/english-phrases.ts';
import type { Language } from '../../../server/languages/language.ts';
import { createLocaliser } from '../../../server/languages/localise.ts';
import { toTraditional } from '../../../server/languages/localise.ts';
import { rewriteInterface } from '../../../server/html/safe-html.ts';
import type { SafeHtml } from '../../../server/html/safe-html.ts';
import { PAGES } from '../pages/every-page.ts';

const { pages, browser } = loadEnglishPhrases();
const localise = createLocaliser(pages);
const HAN = /\p{Script=Han}/u;
/** Simplified, traditional and phrase-dependent characters, and a sign of the interface. */
const CONTENT = '后台软件发展与“园区”里的著作<b>&"';

function inLanguage(page: string, language: Language): string {
  return rewriteInterface(page as SafeHtml, (words) => localise(words, language));
}

const NAMED = ['aria-label', 'title', 'placeholder', 'alt', 'data-label'];

/** What a person reads or hears: the texts, and the attributes that are read out. */
function wordsOf(page: string): string[] {
  const { document } = parseHTML(page);
  return [...document.querySelectorAll('*')].flatMap((element) => [
    ...NAMED.flatMap((name) => element.getAttribute(name) ?? []),
    ...[...element.childNodes].flatMap((node) =>
      node.nodeType === document.TEXT_NODE ? (node.textContent ?? '') : [],
    ),
  ]);
}

function interfaceWords(page: string): string[] {
  const { document } = parseHTML(page);
  for (const content of document.querySelectorAll('bdi, mark, code, [translate="no"]'))
    content.remove();
  // A province stands in the words for a square of the map.
  return wordsOf(document.documentElement.outerHTML).map((words) => words.replace('贵州', ''));
}

describe.each(PAGES)('$name page', ({ render }) => {
  it('has no Chinese left in English', () => {
    const words = interfaceWords(inLanguage(render('xyx'), 'en'));
    expect(words.filter((text) => HAN.test(text))).toEqual([]);
  });

  it('has only traditional characters in traditional Chinese', () => {
    const words = interfaceWords(inLanguage(render('xyx'), 'zh-Hant'));
    expect(words.some((text) => HAN.test(text))).toBe(true);
    for (const text of words) expect(toTraditional(text)).toBe(text);
  });

  it.each(['en', 'zh-Hant'] as const)('shows content as it is (%s)', (language) => {
    const page = render(CONTENT);
    const count = (written: string) => wordsOf(written).join('\n').split(CONTENT).length;
    expect(count(inLanguage(page, language))).toBe(count(page));
  });

  it.each(['en', 'zh-Hant'] as const)('keeps its elements (%s)', (language) => {
    const page = render(CONTENT);
    const tags = (written: string) => written.match(/<\/?[a-z0-9]+/g);
    expect(tags(inLanguage(page, language))).toEqual(tags(page));
  });
});

describe('the browser code', () => {
  const folder = join(import.meta.dirname, '../../../server/assets/browser');
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const code = sources.join('\n').replace(/\/\*\*[^]*?\*\/|\/\/.*$/gm, '');
  const said = new Set(
    [...code.matchAll(/'([^'\n]*)'/g)].map(([, text]) => text!).filter((text) => HAN.test(text)),
  );

  it('has English for all that it says, and no more', () => {
    expect([...said].sort()).toEqual(Object.keys(browser).sort());
  });

  it('says nothing past the phrases', () => {
    expect(code.replace(/'[^'\n]*'/g, '')).not.toMatch(HAN);
  });
});
