import type { Environment } from '../config/environment.ts';
import type { EngineNodes, Engines } from '../indexer/engine/open-engines.ts';
import { annotateWhenFree } from '../indexer/ingest/annotation-upkeep.ts';
import { renewIngestPipeline, type IngestPipeline } from '../indexer/ingest/ingest-pipeline.ts';
import { superviseIndex, type IndexSupervisor } from '../indexer/push/index-supervisor.ts';
import { createIndexManager } from '../indexer/push/index-manager.ts';
import { searchableIndex } from '../indexer/push/index-registry.ts';
import { createApp } from './create-app.ts';
import { createPinyinTable } from './rewrites/pinyin-table.ts';
import type { ServerContext } from './routes/context.ts';
import { createQueryReader } from './search/understanding.ts';
import type { ServiceState } from './telemetry/service-state.ts';
import { runWebhooks } from './webhooks/run-webhooks.ts';

export interface GenerationOptions {
  readonly environment: Environment;
  readonly engines: Engines;
  readonly opened: EngineNodes;
  /** What stays, whatever the word lists are. */
  readonly common: Omit<
    ServerContext,
    'analyzer' | 'gazetteer' | 'isStopWord' | 'queries' | 'pinyin' | 'noteError' | 'state'
  >;
  readonly state: ServiceState;
  readonly signal: AbortSignal;
}

/** What annotations and index are kept in step with. */
interface Upkeep {
  /** Those made last of the lists in question: edited synonyms change no index. */
  pipeline: IngestPipeline;
  readonly ending: AbortController;
}

/**
 * The service as one state of the word lists makes it: how queries are read, pages, webhooks. Which
 * generation answers changes as a whole, and with it the index, so that words and index always agree.
 */
export function createGenerations(options: GenerationOptions, first: IngestPipeline) {
  const { environment, engines, opened, common, state, signal } = options;
  const { store, log, metrics } = common;
  const { dataDir } = environment;
  const say = (message: string) => log.info(message);
  const background: Promise<unknown>[] = [];
  let current = first;
  let context = contextOf(first);
  let app = createApp(context);
  let supervisor: IndexSupervisor | undefined;
  let upkeep: Upkeep = { pipeline: first, ending: new AbortController() };
  let webhooks: { readonly address: string; readonly ending: AbortController } | undefined;

  function contextOf(pipeline: IngestPipeline): ServerContext {
    const { analyzer, gazetteer, isStopWord } = pipeline;
    const pinyin = createPinyinTable(gazetteer.parks);
    const queries = createQueryReader({ ...pipeline, pinyin }, common.today);
    const noteError = (error: unknown) => supervisor?.noteSearchError(error);
    return { ...common, analyzer, gazetteer, isStopWord, pinyin, queries, noteError, state };
  }

  function answerWith(pipeline: IngestPipeline): void {
    if (current === pipeline) return;
    context = contextOf(pipeline);
    app = createApp(context);
    current = pipeline;
    state.isTakingUpWordLists = false;
    state.wordListsReadAt = new Date();
    if (webhooks !== undefined) tellWebhooks(webhooks.address);
    say('改过的词表已采用');
  }

  function lookAfter(own: Upkeep) {
    const { pipeline, ending } = own;
    const until = AbortSignal.any([signal, ending.signal]);
    const manager = createIndexManager({
      store,
      dataDir,
      nodes: opened.nodes,
      buildDocument: pipeline.buildDocument,
      openChangePool: pipeline.openChangePool,
      fingerprint: pipeline.fingerprint,
      onActivated: () => answerWith(own.pipeline),
      onRenewal: (reason) => (state.renewal = reason),
      say,
    });
    supervisor = superviseIndex({
      engine: engines,
      manager,
      annotate: () => annotateWhenFree(store, { pipeline, dataDir, say, signal: until }),
      renewKeys: opened.renew,
      say,
      onAudit(audit) {
        state.lastAudit = { ...audit, at: new Date() };
        metrics.audits.inc({ result: audit.fault === null ? 'sound' : 'faulty' });
      },
      onCaughtUp: () => answerWith(own.pipeline),
      onFailure: (error) => log.warn({ err: error }, '索引暂时跟不上文章库，稍后再试'),
      signal: until,
    });
    background.push(supervisor.done);
    upkeep = own;
    return { manager, supervisor };
  }

  /** Tells webhooks from now on, with links to that address. */
  function tellWebhooks(address: string): void {
    webhooks?.ending.abort();
    webhooks = { address, ending: new AbortController() };
    const allowPrivate = environment.webhookPrivate;
    const telling = runWebhooks(
      { ...context, client: common.patient, dataDir, address, allowPrivate },
      AbortSignal.any([signal, webhooks.ending.signal]),
    );
    background.push(
      telling.catch((error: unknown) => log.error({ err: error }, '推送已停止，请重启服务')),
    );
  }

  return {
    /** The application that answers now. */
    app: () => app,
    /** Brings annotations and index up to date and looks after them; returns once searches are answered. */
    async open(): Promise<void> {
      const { manager, supervisor } = lookAfter(upkeep);
      for (const url of opened.unreachable) say(`${url} 连不上，先用其余的引擎应答`);
      // Without one of several engines the index cannot catch up, but the others can answer.
      if (opened.unreachable.length > 0 && searchableIndex(store) !== null) return;
      if (await manager.isOutdated()) say('旧索引继续应答，新索引建好后换上');
      else await supervisor.caughtUp;
    },
    tellWebhooks,
    /**
     * Takes up edited word lists: at once when only queries are read differently, else once annotations
     * and a new index have been made of them, until when the former generation answers.
     * @throws when a list is wrong, with file, place and remedy; nothing is then taken up.
     */
    async take(): Promise<void> {
      const { pipeline: former, ending } = upkeep;
      const pipeline = await renewIngestPipeline(environment, former, signal);
      if (
        former.fingerprint === pipeline.fingerprint &&
        former.annotations === pipeline.annotations
      ) {
        upkeep.pipeline = pipeline;
        if (former === current) answerWith(pipeline);
        return;
      }
      say('词表已改，正在据此重做标注与索引；做好之前照旧应答');
      ending.abort();
      await supervisor?.done;
      state.renewal = null;
      state.isTakingUpWordLists = true;
      if (!signal.aborted) lookAfter({ pipeline, ending: new AbortController() });
    },
    /** Fulfilled some time after the signal. */
    async done(): Promise<void> {
      await Promise.all(background);
    },
  };
}
