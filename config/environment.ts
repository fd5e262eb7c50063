import { resolve } from 'node:path';
import { config as readDotenv } from 'dotenv';
import { z } from 'zod';
import { WORD_LIST_FOLDER } from './word-list-files.ts';

/** An empty variable is an unset one. */
const setting = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

const text = (fallback: string) => setting(z.string().default(fallback));
const onOrOff = (fallback: 'on' | 'off') =>
  setting(z.enum(['on', 'off'], '只能是 on 或 off').default(fallback));
const token = setting(z.string().min(16, '至少 16 个字符').optional());

const url = (error: string) => z.url({ protocol: /^https?$/, error });
const optionalUrl = setting(url('应为 http:// 或 https:// 开头的地址').optional());

const whole = (fallback: number, [least, most = Infinity]: [number, number?], error = '应为整数') =>
  setting(
    z.coerce
      .number(error)
      .int('应为整数')
      .min(least, `不能小于 ${least}`)
      .max(most, `不能大于 ${most}`)
      .default(fallback),
  );

const withoutSlash = (address: string) => address.replace(/\/$/, '');

/** `a, b` → [`a`, `b`] */
const listed = (value: unknown) =>
  typeof value === 'string'
    ? value.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
    : [];

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const variables = z.object({
  HOST: text('127.0.0.1'),
  PORT: whole(3000, [0, 65535], '应为 0–65535 的整数'),
  DATA_DIR: text('./data'),
  WORD_LISTS: text(WORD_LIST_FOLDER),
  MEILI_URL: optionalUrl,
  MEILI_MASTER_KEY: setting(z.string().optional()),
  MEILI_SHARDS: z.preprocess(
    listed,
    z
      .array(url('应为逗号隔开的 http:// 或 https:// 开头的地址'))
      .refine((urls) => new Set(urls.map(withoutSlash)).size === urls.length, '同一地址写了两次'),
  ),
  MEILI_BIN: setting(z.string().optional()),
  LOW_MEMORY: onOrOff('off'),
  ENGINE_LIMIT_MS: whole(1_800, [100, 60_000], '应为毫秒数'),
  SAMPLE_CORPUS: onOrOff('on'),
  PUBLIC_URL: optionalUrl,
  READ_TOKEN: token,
  ADMIN_TOKEN: token,
  WEBHOOK_PRIVATE: onOrOff('off'),
  RATE_LIMIT: whole(600, [0]),
  TRUST_PROXY: whole(0, [0, 10]),
  PHRASE_TEXTS: whole(300_000, [1]),
  SLOW_QUERY_MS: whole(1_000, [0], '应为毫秒数'),
  LOG_LEVEL: setting(
    z.enum(LOG_LEVELS, '应为 fatal、error、warn、info、debug、trace 或 silent').default('info'),
  ),
});

type Variables = z.infer<typeof variables>;

export type Environment = Readonly<ReturnType<typeof toEnvironment>>;

/** One of several engines that share the articles. */
export interface Shard {
  readonly url: string;
  readonly masterKey: string;
}

/** Every problem of the environment at once, one a line, in Chinese. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/**
 * The checked settings of this process.
 * @throws EnvironmentError that lists all wrong variables together.
 */
export function parseEnvironment(
  source: Readonly<Record<string, string | undefined>>,
): Environment {
  const parsed = variables.check(checkShards).safeParse(source);
  if (parsed.success) return Object.freeze(toEnvironment(parsed.data));
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const given = name.includes('KEY') || name.includes('TOKEN') ? '（已隐去）' : source[name];
    return `  ${name}=${withoutPassword(given ?? '')}：${issue.message}`;
  });
  throw new EnvironmentError(
    ['环境变量有误，请改正后重试（说明见 .env.example）：', ...lines].join('\n'),
  );
}

/** `http://user:secret@host` → `http://…@host` */
function withoutPassword(address: string): string {
  return address.replace(/\/\/[^/@]*@/, '//…@');
}

function checkShards({ value, issues }: z.core.ParsePayload<Variables>): void {
  const { MEILI_SHARDS: urls, MEILI_MASTER_KEY: keys, MEILI_URL: single } = value;
  if (urls.length === 0) return;
  const complain = (name: keyof Variables, message: string) =>
    void issues.push({ code: 'custom', path: [name], message, input: value[name] });
  if (single !== undefined) complain('MEILI_SHARDS', '不能与 MEILI_URL 同时设置');
  const count = listed(keys).length;
  if (count === 0) complain('MEILI_MASTER_KEY', '设了 MEILI_SHARDS 就必须设置');
  else if (count > 1 && count !== urls.length)
    complain('MEILI_MASTER_KEY', `应为一个主密钥，或与 MEILI_SHARDS 同样多（${urls.length} 个）`);
}

function toEnvironment(env: Variables) {
  return {
    host: env.HOST,
    port: env.PORT,
    dataDir: env.DATA_DIR,
    /** The folder of the word lists and the park gazetteer, absolute. */
    wordLists: resolve(env.WORD_LISTS),
    meiliUrl: env.MEILI_URL && withoutSlash(env.MEILI_URL),
    meiliMasterKey: env.MEILI_MASTER_KEY,
    meiliBin: env.MEILI_BIN,
    /** The engines that share the articles; empty: there is one, at MEILI_URL or our own. */
    shards: toShards(env),
    /** Whether indexing takes as little memory as it can, and longer for it. */
    lowMemory: env.LOW_MEMORY === 'on',
    /** Milliseconds after which a search that a person waits for is given up. */
    engineLimit: env.ENGINE_LIMIT_MS,
    sampleCorpus: env.SAMPLE_CORPUS === 'on',
    /** Without a trailing slash; undefined: links are built from the request. */
    publicUrl: env.PUBLIC_URL && withoutSlash(env.PUBLIC_URL),
    /** Undefined: whoever reaches the service may read. */
    readToken: env.READ_TOKEN,
    adminToken: env.ADMIN_TOKEN,
    /** Whether webhooks may call this machine and addresses inside the network. */
    webhookPrivate: env.WEBHOOK_PRIVATE === 'on',
    /** Requests a minute of one client; 0: no limit. */
    rateLimit: env.RATE_LIMIT,
    /** How many proxies stand before the service, whose word on the client's address is taken. */
    trustProxy: env.TRUST_PROXY,
    /** Articles whose text one search may look into. */
    phraseTexts: env.PHRASE_TEXTS,
    /** Milliseconds from which on a search is logged with its query. */
    slowQueryMs: env.SLOW_QUERY_MS,
    logLevel: env.LOG_LEVEL,
  };
}

function toShards({ MEILI_SHARDS: urls, MEILI_MASTER_KEY: given }: Variables): readonly Shard[] {
  const keys = listed(given);
  return urls.map((address, at) => ({
    url: withoutSlash(address),
    masterKey: keys.length === 1 ? keys[0]! : keys[at]!,
  }));
}

/** Reads `.env` beside the project when there is one, then the process environment, which wins. */
export function readEnvironment(): Environment {
  readDotenv({ quiet: true });
  return parseEnvironment(process.env);
}
