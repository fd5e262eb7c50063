import type { Pause } from '../core/yield-to-event-loop.ts';
import { isSameStory } from './same-story.ts';
import type { StoryCache } from './story-cache.ts';

/** The ids of two texts. */
export type Pair = readonly [number, number];

/** Those of the pairs that tell the same story; a text that nobody tells any more has no match. */
export async function findMatches(
  pairs: Iterable<Pair> | AsyncIterable<Pair>,
  stories: StoryCache,
  pause: Pause,
): Promise<Pair[]> {
  const matches: Pair[] = [];
  for await (const pair of pairs) {
    const [story, other] = [stories.get(pair[0]), stories.get(pair[1])];
    if (story !== null && other !== null && isSameStory(story, other)) matches.push(pair);
    await pause();
  }
  return matches;
}
