import { EngineError } from './engine-error.ts';
import { askVersion, strangeListing } from './engine-health.ts';
import { isSupportedVersion, OLDEST_VERSION } from './engine-version.ts';

const ANSWER_LIMIT = 5_000;

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
  setting: 'MEILI_URL' | 'MEILI_SHARDS' = 'MEILI_URL',
): Promise<ExternalEngine> {
  const place = `${setting}（${url}）`;
  const stranger = (path: string, status: number) =>
    new EngineError(
      'unreachable',
      `${place}有应答，但不是 Meilisearch（${path} 返回状态 ${status}）。请检查地址和端口；不设 ${setting} 则使用自带的引擎。`,
    );
  const answer = await askVersion(url, masterKey, ANSWER_LIMIT);
  switch (answer.type) {
    case 'stranger':
      throw stranger('/version', answer.status);
    case 'refused':
      throw new EngineError(
        'wrong-key',
        masterKey === undefined
          ? `${place}的 Meilisearch 要求密钥，请设置 MEILI_MASTER_KEY。`
          : `${place}的 Meilisearch 不接受 MEILI_MASTER_KEY（${answer.code}）。请填写它启动时用的主密钥（master key）。`,
      );
    case 'unreachable':
    case 'broken':
      throw new EngineError(
        'unreachable',
        `连不上 ${place}：${ANSWER_LIMIT / 1000} 秒内没有应答。请确认 Meilisearch 已经启动、地址和端口正确；不设 ${setting} 则使用自带的引擎。`,
        { cause: answer.cause },
      );
    case 'version':
      break;
  }
  const { version } = answer;
  if (!isSupportedVersion(version))
    throw new EngineError(
      'unsupported-version',
      `${place}的 Meilisearch 是 ${version} 版，太旧；需要 ${OLDEST_VERSION} 或更新，推荐 1.21。`,
    );
  const status = await strangeListing(url, masterKey, ANSWER_LIMIT);
  if (status !== null) throw stranger('/indexes', status);
  const isUnprotected = (await askVersion(url, undefined, ANSWER_LIMIT)).type === 'version';
  return { version, masterKey: isUnprotected ? undefined : masterKey };
}
