import type { ParkSummary, Suggestion } from '../api/park-schema.ts';
import type { ParkFinder } from '../parks/find-parks.ts';

const MAX_SUGGESTIONS = 8;

/** Parks that fit what has been typed so far, most-covered first. */
export function createSuggester(
  parkList: () => readonly ParkSummary[],
  findParks: ParkFinder,
): (typed: string) => Suggestion[] {
  return (typed) => {
    if (typed.trim() === '') return [];
    return findParks(parkList(), typed)
      .slice(0, MAX_SUGGESTIONS)
      .map((park) => ({
        type: 'park',
        text: park.name,
        label: park.province === '' ? park.typeLabel : `${park.province} · ${park.typeLabel}`,
        count: park.articles,
      }));
  };
}
