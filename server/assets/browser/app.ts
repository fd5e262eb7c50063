/** Everything here only makes the pages quicker to use; each works as it was served when this never runs. */
import { addCopyButtons } from './copy-buttons.ts';
import { startExportProgress } from './export-progress.ts';
import { startLiveResults } from './live-results.ts';
import { startMatchJump } from './match-jump.ts';
import { showRecentSearches, rememberSearch } from './stored-lists.ts';
import { keepCreatedSearch, noteLookedAt, showSavedSearches } from './saved-list.ts';
import { startDateDrag } from './date-drag.ts';
import { startParkFinder } from './park-finder.ts';
import { startSearchBox } from './search-box.ts';

const form = document.querySelector<HTMLFormElement>('form.searchbox');
const input = document.querySelector<HTMLInputElement>('#q');
const main = document.querySelector<HTMLElement>('#main');

function enhanceMain(): void {
  foldFacetsOnPhones();
  addCopyButtons();
  showRecentSearches();
  startParkFinder();
}

if (form !== null && input !== null && main !== null) {
  const live = startLiveResults({ form, input, main, afterSwap: enhanceMain });
  startSearchBox({ form, input, onText: live.typed });
  startDateDrag(main, (address) => location.assign(address));
  if (document.body.dataset['page'] === 'search') {
    rememberSearch(input.value);
    void noteLookedAt();
  }
}
enhanceMain();
startMatchJump();
startExportProgress();
keepCreatedSearch();
showSavedSearches();

/** On a phone the facets follow the results; those without a chosen value start folded. */
function foldFacetsOnPhones(): void {
  if (!matchMedia('(max-width: 760px)').matches) return;
  for (const facet of document.querySelectorAll<HTMLDetailsElement>('details.facet'))
    facet.open = facet.querySelector('[aria-current]') !== null;
}
