import type { YieldToEventLoop } from '../core/yield-to-event-loop.ts';
import { isSameStory } from './same-story.ts';
import type { Story } from './story.ts';

/** The ids of two texts. */
export type Pair = readonly [number, number];

/** Those of the pairs that tell the same story; a text that nobody tells any more has no match. */
export async function findMatches(
  pairs: Iterable<Pair> | AsyncIterable<Pair>,
  stories: StoryCache,
  yieldToEventLoop: YieldToEventLoop,
): Promise<Pair[]> {
  const matches: Pair[] = [];
  for await (const pair of pairs) {
    const [story, other] = [stories.get(pair[0]), stories.get(pair[1])];
    if (story !== null && other !== null && isSameStory(story, other)) matches.push(pair);
    await yieldToEventLoop();
  }
  return matches;
}

/** About 60 MB: beside its shingles, a story holds its text and its numbers. */
const CACHED_SHINGLES = 4_000_000;

type StoryCache = ReturnType<typeof createStoryCache>;

/** Keeps the stories used last, up to a total size, so that comparing needs few reads. */
export function createStoryCache(read: (id: number) => Story | null) {
  const cached = new Map<number, Story>();
  let shingles = 0;

  function set(id: number, story: Story): void {
    shingles += story.size - (cached.get(id)?.size ?? 0);
    cached.delete(id);
    cached.set(id, story);
    // A Map yields its keys in the order they were set: the first was not used for longest.
    for (const [oldest, { size }] of cached) {
      if (shingles <= CACHED_SHINGLES || oldest === id) break;
      cached.delete(oldest);
      shingles -= size;
    }
  }

  return {
    set,
    /** As `read`, from memory when the story was needed lately. */
    get(id: number): Story | null {
      const story = cached.get(id) ?? read(id);
      if (story !== null) set(id, story);
      return story;
    },
  };
}
