import type { Request, RequestHandler } from 'express';

/** The languages of the interface, as in `?lang=` and `<html lang>`; the first is what the pages are written in. */
export const LANGUAGES = ['zh-Hans', 'zh-Hant', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language in its own words. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
  en: 'English',
};

function isLanguage(value: unknown): value is Language {
  return (LANGUAGES as readonly unknown[]).includes(value);
}

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
