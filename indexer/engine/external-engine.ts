import { EngineError } from './engine-error.ts';
import { askVersion, strangeListing } from './engine-health.ts';
import { isSupportedVersion, OLDEST_VERSION } from './engine-version.ts';

const ANSWER_LIMIT = 5_000;

/** The variable in which the address stands. */
export type EngineSetting = 'MEILI_URL' | 'MEILI_SHARDS';

export interface ExternalEngine {
  readonly version: string;
  /** Undefined for an engine that was started without one: it has no keys, everybody may do everything. */
  readonly masterKey: string | undefined;
}

/**
 * What stands at an address of MEILI_URL or MEILI_SHARDS, when it answers, knows our key and is new enough.
 * @throws EngineError `unreachable`, `wrong-key` or `unsupported-version`.
 */
export async function checkExternalEngine(
  url: string,
  masterKey: string | undefined,
  setting: EngineSetting = 'MEILI_URL',
): Promise<ExternalEngine> {
  const answer = await askVersion(url, masterKey, ANSWER_LIMIT);
  switch (answer.type) {
    case 'version':
      if (!isSupportedVersion(answer.version))
        throw new EngineError(
          'unsupported-version',
          `${setting}（${url}）的 Meilisearch 是 ${answer.version} 版，太旧；需要 ${OLDEST_VERSION} 或更新，推荐 1.21。`,
        );
      await requireListing(url, masterKey, setting);
      return {
        version: answer.version,
        masterKey: (await isUnprotected(url)) ? undefined : masterKey,
      };
    case 'refused':
      throw new EngineError('wrong-key', describeRefusal(url, masterKey, answer.code, setting));
    case 'stranger':
      throw new EngineError(
        'unreachable',
        describeStranger(url, setting, '/version', answer.status),
      );
    case 'unreachable':
    case 'broken':
      throw new EngineError(
        'unreachable',
        `连不上 ${setting}（${url}）：${ANSWER_LIMIT / 1000} 秒内没有应答。请确认 Meilisearch 已经启动、地址和端口正确；不设 ${setting} 则使用自带的引擎。`,
        { cause: answer.cause },
      );
  }
}

async function requireListing(
  url: string,
  masterKey: string | undefined,
  setting: EngineSetting,
): Promise<void> {
  const status = await strangeListing(url, masterKey, ANSWER_LIMIT);
  if (status !== null)
    throw new EngineError('unreachable', describeStranger(url, setting, '/indexes', status));
}

function describeStranger(
  url: string,
  setting: EngineSetting,
  path: string,
  status: number,
): string {
  return `${setting}（${url}）有应答，但不是 Meilisearch（${path} 返回状态 ${status}）。请检查地址和端口；不设 ${setting} 则使用自带的引擎。`;
}

async function isUnprotected(url: string): Promise<boolean> {
  return (await askVersion(url, undefined, ANSWER_LIMIT)).type === 'version';
}

function describeRefusal(
  url: string,
  masterKey: string | undefined,
  code: string,
  setting: EngineSetting,
): string {
  if (masterKey === undefined)
    return `${setting}（${url}）的 Meilisearch 要求密钥，请设置 MEILI_MASTER_KEY。`;
  return `${setting}（${url}）的 Meilisearch 不接受 MEILI_MASTER_KEY（${code}）。请填写它启动时用的主密钥（master key）。`;
}
