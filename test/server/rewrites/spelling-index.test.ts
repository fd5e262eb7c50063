import { describe, expect, it } from 'vitest';
import { buildSpellingIndex } from '../../../server/rewrites/spelling-index.ts';
import { workInSlices } from '../../../server/search/slices.ts';
import { roundsOf } from '../../indexer/rounds-of.ts';

/** Every two of some characters. */
function* manyWords() {
  for (let first = 0; first < 400; first++)
    for (let second = 0; second < 400; second++)
      yield {
        word: String.fromCharCode(0x4e00 + first, 0x5000 + second),
        count: 5,
        isPark: false,
      };
}

describe('buildSpellingIndex', () => {
  it('indexes 160,000 words while the event loop goes round', async () => {
    const building = workInSlices(buildSpellingIndex(manyWords()));
    expect(await roundsOf(building)).toBeGreaterThan(10);
    const index = await building;
    const word = '\u4e07\u5003';
    expect(index.find(word)).toMatchObject({ word });
    const near = index.findNear(word).map((found) => found.word);
    expect(near).toContain('\u4e07\u5004');
    expect(near).toContain('\u4e08\u5003');
    expect(near).not.toContain(word);
  });
});
