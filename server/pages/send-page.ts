import type { Request, Response } from 'express';
import { scriptName, type Assets } from '../assets/assets.ts';
import type { Localise } from '../languages/localise.ts';
import { requestLanguage } from '../languages/language.ts';
import { timed } from '../http/request-trace.ts';
import type { PageShell } from './layout.ts';
import { rewriteInterface, type SafeHtml } from '../html/safe-html.ts';

/** Answers with a page; the only way in which pages leave the service. */
export type SendPage = (
  request: Request,
  response: Response,
  page: (shell: PageShell) => SafeHtml,
) => void;

/**
 * Sends pages in the language of the request, under the status and headers set before, with a notice at
 * their head when there is one.
 * @throws when an asset is missing.
 */
export function createPageSender(
  assets: Assets,
  localise: Localise,
  notice: () => string | null = () => null,
): SendPage {
  const href = (name: string): string => {
    const asset = assets.get(name);
    if (asset === undefined) throw new Error(`asset ${name} was not loaded`);
    return asset.href;
  };

  return (request, response, page) => {
    const language = requestLanguage(request);
    const shell = {
      styleHref: href('style.css'),
      scriptHref: href(scriptName(language)),
      iconHref: href('icon.svg'),
      language,
      address: request.originalUrl,
      notice: notice(),
    };
    response.vary('Cookie').set('Content-Language', language).type('html');
    // The same address is another page once the reader has chosen another language.
    if (response.get('Cache-Control') === undefined)
      response.set('Cache-Control', 'private, no-cache');
    const written = timed('render', () => {
      const inChinese = page(shell);
      if (language === 'zh-Hans') return inChinese;
      return rewriteInterface(inChinese, (words) => localise(words, language));
    });
    response.send(written);
  };
}
