/** On a phone the facets follow the results; those without a chosen value start folded. */
export function foldFacetsOnPhones(): void {
  if (!matchMedia('(max-width: 760px)').matches) return;
  for (const facet of document.querySelectorAll<HTMLDetailsElement>('details.facet'))
    facet.open = facet.querySelector('[aria-current]') !== null;
}
