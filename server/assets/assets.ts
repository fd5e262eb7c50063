import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { loadEnglishPhrases, type EnglishPhrases } from '../../config/english-phrases.ts';
import { LANGUAGES, type Language } from '../languages/language.ts';
import { toTraditional } from '../languages/localise.ts';

interface Asset {
  readonly body: Buffer;
  /** For the `Content-Type` header. */
  readonly type: string;
  /** First 16 hex digits of the body's SHA-256. */
  readonly hash: string;
  /** Address that changes with the body, so that it may be cached for ever. */
  readonly href: string;
}

/** By name, as in `/assets/<name>`. */
export type Assets = ReadonlyMap<string, Asset>;

const FILES = [
  { name: 'style.css', type: 'text/css; charset=utf-8', read: () => bundle('style.css') },
  ...LANGUAGES.map((language) => ({
    name: scriptName(language),
    type: 'text/javascript; charset=utf-8',
    read: () => bundle('browser/app.ts', browserPhrases(language)),
  })),
  { name: 'icon.svg', type: 'image/svg+xml', read: () => readFile(here('icon.svg')) },
] as const;

/**
 * What `/assets/` serves, built once at start-up: the style sheet and the browser code from TypeScript.
 * @throws when the browser code does not compile.
 */
export async function loadAssets(): Promise<Assets> {
  const assets = await Promise.all(
    FILES.map(async ({ name, type, read }) => {
      const body = await read();
      const hash = createHash('sha256').update(body).digest('hex').slice(0, 16);
      return [name, { body, type, hash, href: `/assets/${name}?v=${hash}` }] as const;
    }),
  );
  return new Map(assets);
}

function here(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

/** The browser code that speaks the language. */
export function scriptName(language: Language): string {
  return `app.${language}.js`;
}

function browserPhrases(language: Language): EnglishPhrases {
  const { browser } = loadEnglishPhrases();
  if (language === 'en') return browser;
  if (language === 'zh-Hans') return {};
  return Object.fromEntries(Object.keys(browser).map((words) => [words, toTraditional(words)]));
}

async function bundle(entry: string, phrases: EnglishPhrases = {}): Promise<Buffer> {
  const result = await build({
    entryPoints: [here(entry)],
    bundle: true,
    define: { PHRASES: JSON.stringify(phrases) },
    write: false,
    minify: true,
    format: 'esm',
    target: ['es2022'],
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
  });
  return Buffer.from(result.outputFiles[0]!.contents);
}
