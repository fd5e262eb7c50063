import type { Gazetteer } from '../../config/gazetteer.ts';
import type { Token } from '../../indexer/analyzer/analyzer.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import type { SearchRequest } from '../api/search-schema.ts';
import type { MatchForms } from '../highlight/match-spans.ts';
import { timed } from '../http/request-trace.ts';
import { parseQuery } from '../query/parse-query.ts';
import type { QueryNode, QueryNotice } from '../query/query.ts';
import { serializeQuery } from '../query/serialize-query.ts';
import { createAmbiguityFinder, type AmbiguousName } from '../rewrites/ambiguous-names.ts';
import { createNameProtector } from '../rewrites/bracketed-names.ts';
import { formerNames, properNames } from '../rewrites/park-names.ts';
import { asksSomething } from '../rewrites/question.ts';
import type { AppliedRewrite } from '../rewrites/rewrite.ts';
import type { RewriterDependencies, WordTools } from '../rewrites/rewrites.ts';
import { createRewriters, rewriteQuery } from '../rewrites/rewrites.ts';
import { toClauses, type Clause, type NamedPark } from './clause.ts';

/** What a query means, for all that is done with it: it is searched for, ranked by, marked, counted, exported. */
export interface Understanding {
  /** As typed, before any rewrite. */
  readonly parsed: QueryNode | null;
  readonly notices: readonly QueryNotice[];
  /** Whether it is worded as a question. */
  readonly asks: boolean;
  readonly clauses: readonly Clause[];
  /** In the query language. */
  readonly rewritten: string;
  readonly applied: readonly AppliedRewrite[];
  /** The spellings to mark. */
  readonly forms: MatchForms;
  /** Names that may mean a park, but need not. */
  readonly ambiguous: readonly AmbiguousName[];
}

export type QueryReader = ReturnType<typeof createQueryReader>;

/**
 * Reads queries by one state of the word lists; `today` gives `YYYY-MM-DD`.
 * @throws QuerySyntaxError or QueryTooBroadError for a query that no search can answer.
 */
export function createQueryReader(words: RewriterDependencies, today: () => string) {
  const rewriters = createRewriters(words);
  const protectParkNames = createNameProtector(words.gazetteer);
  const findAmbiguous = createAmbiguityFinder(words.gazetteer);

  function understand({ q, literal }: Pick<SearchRequest, 'q' | 'literal'>): Understanding {
    const { tree, notices } = timed('parse', () => parseQuery(protectParkNames(q)));
    return understandTree({ parsed: tree, notices, asks: asksSomething(q) }, literal);
  }

  /** The same for a query that is already a tree. */
  function understandTree(
    asked: Pick<Understanding, 'parsed' | 'notices' | 'asks'>,
    literal: readonly string[],
  ): Understanding {
    const { parsed } = asked;
    const context = { literal: new Set(literal), today: today() };
    const { tree, applied } =
      parsed === null
        ? { tree: null, applied: [] }
        : timed('rewrite', () => rewriteQuery(parsed, rewriters, context));
    const clauses = toClauses(tree);
    return {
      ...asked,
      clauses,
      rewritten: serializeQuery(tree),
      applied,
      forms: matchForms(clauses, words),
      ambiguous: findAmbiguous(tree),
    };
  }

  return { understand, understandTree };
}

/**
 * Every spelling that counts as a match of the query, normalised: the words as they were cut, phrases
 * whole, and all names of a park. What the query excludes is not among them.
 */
export function matchForms(
  clauses: readonly Clause[],
  { analyzer, gazetteer, isStopWord }: WordTools,
): MatchForms {
  const phrases = new Set<string>();
  const words = new Set<string>();
  const numbers = new Set<string>();
  for (const literal of clauses.flatMap(({ must }) => must)) {
    if (literal.type === 'phrase') phrases.add(normaliseText(literal.text).text.trim());
    else if (literal.type === 'words')
      for (const { text, kind, term } of significantTokens(
        analyzer.analyze(literal.text),
        isStopWord,
      )) {
        words.add(normaliseText(text).text.trim());
        if (kind === 'number') numbers.add(term);
      }
    else if (literal.type === 'named-park')
      for (const form of parkForms(literal, gazetteer)) words.add(form);
  }
  for (const forms of [phrases, words]) forms.delete('');
  return { phrases: [...phrases], words: [...words], numbers: [...numbers] };
}

/** Those with a term that is no stop word, unless all are. */
export function significantTokens(
  tokens: readonly Token[],
  isStopWord: WordTools['isStopWord'],
): readonly Token[] {
  const terms = tokens.filter(({ term }) => term !== '');
  const significant = terms.filter(({ term }) => !isStopWord(term));
  return significant.length > 0 ? significant : terms;
}

/** Every name of the park that is enough on its own, former ones too, normalised. */
export function parkForms({ id, name }: NamedPark, gazetteer: Gazetteer): string[] {
  const park = gazetteer.byId.get(id);
  const names = park === undefined ? [name] : [...properNames(park), ...formerNames(park)];
  return [...new Set(names.map((one) => normaliseText(one).text))];
}
