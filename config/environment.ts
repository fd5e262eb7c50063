import { resolve } from 'node:path';
import { config as readDotenv } from 'dotenv';
import { z } from 'zod';
import { WORD_LIST_FOLDER } from './word-list-files.ts';

const emptyIsUnset = (value: unknown) => (value === '' ? undefined : value);

const withoutSlash = (url: string) => url.replace(/\/$/, '');

/** `a, b` → [`a`, `b`] */
const listed = (value: unknown) =>
  typeof value === 'string'
    ? value.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
    : [];

const variables = z.object({
  HOST: z.preprocess(emptyIsUnset, z.string().default('127.0.0.1')),
  PORT: z.preprocess(
    emptyIsUnset,
    z.coerce
      .number('应为 0–65535 的整数')
      .int('应为整数')
      .min(0, '不能小于 0')
      .max(65535, '不能大于 65535')
      .default(3000),
  ),
  DATA_DIR: z.preprocess(emptyIsUnset, z.string().default('./data')),
  WORD_LISTS: z.preprocess(emptyIsUnset, z.string().default(WORD_LIST_FOLDER)),
  MEILI_URL: z.preprocess(
    emptyIsUnset,
    z.url({ protocol: /^https?$/, error: '应为 http:// 或 https:// 开头的地址' }).optional(),
  ),
  MEILI_MASTER_KEY: z.preprocess(emptyIsUnset, z.string().optional()),
  MEILI_SHARDS: z.preprocess(
    listed,
    z
      .array(
        z.url({ protocol: /^https?$/, error: '应为逗号隔开的 http:// 或 https:// 开头的地址' }),
      )
      .refine((urls) => new Set(urls.map(withoutSlash)).size === urls.length, '同一地址写了两次'),
  ),
  MEILI_BIN: z.preprocess(emptyIsUnset, z.string().optional()),
  LOW_MEMORY: z.preprocess(emptyIsUnset, z.enum(['on', 'off'], '只能是 on 或 off').default('off')),
  ENGINE_LIMIT_MS: z.preprocess(
    emptyIsUnset,
    z.coerce
      .number('应为毫秒数')
      .int('应为整数')
      .min(100, '不能小于 100')
      .max(60_000, '不能大于 60000')
      .default(1_800),
  ),
  SAMPLE_CORPUS: z.preprocess(
    emptyIsUnset,
    z.enum(['on', 'off'], '只能是 on 或 off').default('on'),
  ),
  PUBLIC_URL: z.preprocess(
    emptyIsUnset,
    z.url({ protocol: /^https?$/, error: '应为 http:// 或 https:// 开头的地址' }).optional(),
  ),
  READ_TOKEN: z.preprocess(emptyIsUnset, z.string().min(16, '至少 16 个字符').optional()),
  ADMIN_TOKEN: z.preprocess(emptyIsUnset, z.string().min(16, '至少 16 个字符').optional()),
  WEBHOOK_PRIVATE: z.preprocess(
    emptyIsUnset,
    z.enum(['on', 'off'], '只能是 on 或 off').default('off'),
  ),
  RATE_LIMIT: z.preprocess(
    emptyIsUnset,
    z.coerce.number('应为整数').int('应为整数').min(0, '不能小于 0').default(600),
  ),
  TRUST_PROXY: z.preprocess(
    emptyIsUnset,
    z.coerce
      .number('应为整数')
      .int('应为整数')
      .min(0, '不能小于 0')
      .max(10, '不能大于 10')
      .default(0),
  ),
  PHRASE_TEXTS: z.preprocess(
    emptyIsUnset,
    z.coerce.number('应为整数').int('应为整数').min(1, '不能小于 1').default(300_000),
  ),
  SLOW_QUERY_MS: z.preprocess(
    emptyIsUnset,
    z.coerce.number('应为毫秒数').int('应为整数').min(0, '不能小于 0').default(1_000),
  ),
  LOG_LEVEL: z.preprocess(
    emptyIsUnset,
    z
      .enum(
        ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
        '应为 fatal、error、warn、info、debug、trace 或 silent',
      )
      .default('info'),
  ),
});

export interface Environment {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** The folder of the word lists and the park gazetteer, absolute. */
  readonly wordLists: string;
  readonly meiliUrl: string | undefined;
  readonly meiliMasterKey: string | undefined;
  readonly meiliBin: string | undefined;
  /** The engines that share the articles; empty: there is one, at MEILI_URL or our own. */
  readonly shards: readonly Shard[];
  /** Whether indexing takes as little memory as it can, and longer for it. */
  readonly lowMemory: boolean;
  /** Milliseconds after which a search that a person waits for is given up. */
  readonly engineLimit: number;
  readonly sampleCorpus: boolean;
  /** Without a trailing slash; undefined: links are built from the request. */
  readonly publicUrl: string | undefined;
  /** Undefined: whoever reaches the service may read. */
  readonly readToken: string | undefined;
  readonly adminToken: string | undefined;
  /** Whether webhooks may call this machine and addresses inside the network. */
  readonly webhookPrivate: boolean;
  /** Requests a minute of one client; 0: no limit. */
  readonly rateLimit: number;
  /** How many proxies stand before the service, whose word on the client's address is taken. */
  readonly trustProxy: number;
  /** Articles whose text one search may look into. */
  readonly phraseTexts: number;
  /** Milliseconds from which on a search is logged with its query. */
  readonly slowQueryMs: number;
  readonly logLevel: z.infer<typeof variables>['LOG_LEVEL'];
}

/** One of several engines that share the articles. */
export interface Shard {
  readonly url: string;
  readonly masterKey: string;
}

/** Every problem of the environment at once, one a line, in Chinese. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** `http://user:secret@host` → `http://…@host` */
function withoutPassword(address: string): string {
  return address.replace(/\/\/[^/@]*@/, '//…@');
}

/**
 * The checked settings of this process.
 * @throws EnvironmentError that lists all wrong variables together.
 */
export function parseEnvironment(
  source: Readonly<Record<string, string | undefined>>,
): Environment {
  const parsed = variables.check(checkShards).safeParse(source);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      const given = name.includes('KEY') || name.includes('TOKEN') ? '（已隐去）' : source[name];
      return `  ${name}=${withoutPassword(given ?? '')}：${issue.message}`;
    });
    throw new EnvironmentError(
      ['环境变量有误，请改正后重试（说明见 .env.example）：', ...lines].join('\n'),
    );
  }
  const env = parsed.data;
  return Object.freeze({
    host: env.HOST,
    port: env.PORT,
    dataDir: env.DATA_DIR,
    wordLists: resolve(env.WORD_LISTS),
    meiliUrl: env.MEILI_URL === undefined ? undefined : withoutSlash(env.MEILI_URL),
    meiliMasterKey: env.MEILI_MASTER_KEY,
    meiliBin: env.MEILI_BIN,
    shards: toShards(env),
    lowMemory: env.LOW_MEMORY === 'on',
    engineLimit: env.ENGINE_LIMIT_MS,
    sampleCorpus: env.SAMPLE_CORPUS === 'on',
    publicUrl: env.PUBLIC_URL === undefined ? undefined : withoutSlash(env.PUBLIC_URL),
    readToken: env.READ_TOKEN,
    adminToken: env.ADMIN_TOKEN,
    webhookPrivate: env.WEBHOOK_PRIVATE === 'on',
    rateLimit: env.RATE_LIMIT,
    trustProxy: env.TRUST_PROXY,
    phraseTexts: env.PHRASE_TEXTS,
    slowQueryMs: env.SLOW_QUERY_MS,
    logLevel: env.LOG_LEVEL,
  });
}

type Variables = z.infer<typeof variables>;

function checkShards({ value, issues }: z.core.ParsePayload<Variables>): void {
  const { MEILI_SHARDS: urls, MEILI_MASTER_KEY: keys, MEILI_URL: url } = value;
  if (urls.length === 0) return;
  const complain = (name: keyof Variables, message: string) =>
    void issues.push({ code: 'custom', path: [name], message, input: value[name] });
  if (url !== undefined) complain('MEILI_SHARDS', '不能与 MEILI_URL 同时设置');
  const count = listed(keys).length;
  if (count === 0) complain('MEILI_MASTER_KEY', '设了 MEILI_SHARDS 就必须设置');
  else if (count > 1 && count !== urls.length)
    complain('MEILI_MASTER_KEY', `应为一个主密钥，或与 MEILI_SHARDS 同样多（${urls.length} 个）`);
}

function toShards({ MEILI_SHARDS: urls, MEILI_MASTER_KEY: given }: Variables): Shard[] {
  const keys = listed(given);
  return urls.map((url, at) => ({
    url: withoutSlash(url),
    masterKey: keys.length === 1 ? keys[0]! : keys[at]!,
  }));
}

/** Reads `.env` beside the project when there is one, then the process environment, which wins. */
export function readEnvironment(): Environment {
  readDotenv({ quiet: true });
  return parseEnvironment(process.env);
}
