import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface Asset {
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
  { name: 'style.css', type: 'text/css; charset=utf-8', read: minifiedStyle },
  { name: 'app.js', type: 'text/javascript; charset=utf-8', read: bundledScript },
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

function minifiedStyle(): Promise<Buffer> {
  return bundle('style.css');
}

function bundledScript(): Promise<Buffer> {
  return bundle('browser/app.ts');
}

async function bundle(entry: string): Promise<Buffer> {
  const result = await build({
    entryPoints: [here(entry)],
    bundle: true,
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
