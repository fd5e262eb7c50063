import type { Analyzer, Token } from '../analyzer/analyzer.ts';

/** Every term that the index holds of a text, distinct: the tokens, their parts, the words anywhere in it. */
export function indexedTerms(
  analyzer: Analyzer,
  text: string,
  tokens: readonly Token[] = analyzer.analyze(text),
): string[] {
  const terms = tokens.flatMap(({ term, parts }) => (term === '' ? [] : [term, ...parts]));
  return [...new Set([...terms, ...analyzer.wordsAnywhere(text)])];
}
