import { describe, expect, it } from 'vitest';
import { frequentTerms } from '../../../indexer/analyzer/opaque.ts';
import { followsTheseRules, indexRules } from '../../../indexer/push/index-fingerprint.ts';
import { createIngestPipeline } from '../../../indexer/ingest/ingest-pipeline.ts';

describe('the rules of an index', () => {
  it('are ours for what is made with our list of frequent terms', () => {
    const rules = indexRules(frequentTerms());
    expect(createIngestPipeline().fingerprint.startsWith(`${rules}-`)).toBe(true);
    expect(followsTheseRules(`${rules}-words.settings`)).toBe(true);
  });

  it.each([
    ['a term more', [...frequentTerms(), '青金石']],
    ['a term less', frequentTerms().slice(1)],
    ['another order', frequentTerms().reverse()],
  ])('are others with %s, which would mean other words by the same codes', (_, listed) => {
    expect(followsTheseRules(`${indexRules(listed)}-words.settings`)).toBe(false);
  });
});
