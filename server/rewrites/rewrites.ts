import type { Gazetteer } from '../../config/gazetteer.ts';
import type { Synonyms } from '../../config/synonyms.ts';
import type { Analyzer } from '../../indexer/analyzer/analyzer.ts';
import { createParkNameFinder } from '../../indexer/annotators/park-names.ts';
import type { QueryNode } from '../query/query.ts';
import { traditionalRewriter, widthRewriter } from './convert-texts.ts';
import { createDateRewriter } from './date.ts';
import { createParkRewriter } from './park.ts';
import { createPinyinTable, type PinyinTable } from './pinyin-table.ts';
import { createPinyinRewriter } from './pinyin.ts';
import { createQuestionRewriter } from './question.ts';
import type { AppliedRewrite, RewriteContext, Rewriter } from './rewrite.ts';
import { createSynonymRewriter } from './synonym.ts';

/** What the meaning of words hangs on. */
export interface WordTools {
  readonly gazetteer: Gazetteer;
  readonly analyzer: Analyzer;
  readonly isStopWord: (term: string) => boolean;
}

export interface RewriterDependencies extends WordTools {
  readonly synonyms: Synonyms;
  /** To be shared with suggestions; a new one when left out. */
  readonly pinyin?: PinyinTable;
}

/**
 * The rewriters in the order in which they are applied. Spelling comes first, so that the others see
 * one way of writing; dates come before parks, for they look at the names around them; questions lose
 * their small words before synonyms multiply the text.
 */
export function createRewriters({
  gazetteer,
  analyzer,
  synonyms,
  isStopWord,
  pinyin = createPinyinTable(gazetteer.parks),
}: RewriterDependencies): readonly Rewriter[] {
  const finder = createParkNameFinder(gazetteer);
  return [
    widthRewriter,
    traditionalRewriter,
    createDateRewriter(finder),
    createPinyinRewriter(pinyin),
    createParkRewriter(finder),
    createQuestionRewriter(analyzer, isStopWord),
    createSynonymRewriter(synonyms, analyzer),
  ];
}

/** The tree after every rewriter, and what they changed. */
export function rewriteQuery(
  tree: QueryNode,
  rewriters: readonly Rewriter[],
  context: RewriteContext,
): { readonly tree: QueryNode; readonly applied: readonly AppliedRewrite[] } {
  const applied: AppliedRewrite[] = [];
  let current = tree;
  for (const rewriter of rewriters) {
    const step = rewriter(current, context);
    current = step.tree;
    applied.push(...step.applied);
  }
  return { tree: current, applied };
}
