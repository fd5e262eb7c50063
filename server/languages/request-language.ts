import type { Request, RequestHandler } from 'express';
import { isLanguage, LANGUAGES, type Language } from './language.ts';

const COOKIE = 'lang';
const YEAR_MS = 365 * 24 * 3600 * 1000;

/** `?lang=` when it names a language of ours, else the one chosen before, else simplified Chinese. */
export function requestLanguage(request: Request): Language {
  const asked = request.query['lang'];
  if (isLanguage(asked)) return asked;
  const kept = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]*)`).exec(request.get('cookie') ?? '')?.[1];
  return isLanguage(kept) ? kept : LANGUAGES[0];
}

/** Keeps the language of `?lang=` in a cookie, so that the addresses behind it need not name it. */
export const rememberLanguage: RequestHandler = (request, response, next) => {
  const asked = request.query['lang'];
  if (isLanguage(asked))
    response.cookie(COOKIE, asked, { maxAge: YEAR_MS, sameSite: 'lax', httpOnly: true });
  next();
};
