/**
 * A drag over the bars of the date histogram narrows the search to the time from the first to the last.
 * A click without a drag stays what it is: the link of one bar. Listens on the page's main part, whose
 * content is replaced as one types.
 */
export function startDateDrag(main: HTMLElement, goTo: (address: string) => void): void {
  let from: Element | null = null;
  let dragged = false;

  const barAt = (event: PointerEvent): Element | null => {
    const under = document.elementFromPoint(event.clientX, event.clientY);
    return under?.closest('.histogram [data-value]') ?? null;
  };

  const mark = (to: Element | null): Element[] => {
    const bars = [...main.querySelectorAll('.histogram [data-value]')];
    const ends = [from, to].map((bar) => (bar === null ? -1 : bars.indexOf(bar)));
    const [first, last] = [Math.min(...ends), Math.max(...ends)];
    const inside = bars.filter((_, at) => first !== -1 && at >= first && at <= last);
    for (const bar of bars) bar.classList.toggle('dragged', dragged && inside.includes(bar));
    return inside;
  };

  main.addEventListener('pointerdown', (event) => {
    dragged = false;
    from = event.button === 0 ? barAt(event) : null;
    // Touch would otherwise keep sending everything to the bar where it began.
    if (from?.hasPointerCapture(event.pointerId) === true)
      from.releasePointerCapture(event.pointerId);
  });
  main.addEventListener('pointermove', (event) => {
    if (from === null) return;
    const to = barAt(event);
    if (to !== null && to !== from) dragged = true;
    if (dragged && to !== null) mark(to);
  });
  main.addEventListener('pointerup', (event) => {
    const inside = dragged ? mark(barAt(event)) : [];
    from = null;
    const values = inside.map((bar) => bar.getAttribute('data-value') ?? '');
    const [first, last] = [values[0], values.at(-1)];
    if (first !== undefined && last !== undefined) goTo(narrowed(first, last));
  });
  window.addEventListener('pointerup', () => {
    from = null;
  });
  // The browser would drag the link itself, and after a drag it would also follow it.
  main.addEventListener('dragstart', (event) => {
    if (event.target instanceof Element && event.target.closest('.histogram') !== null)
      event.preventDefault();
  });
  main.addEventListener(
    'click',
    (event) => {
      if (!dragged) return;
      dragged = false;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
}

/** The address of this page with these dates in place of its own. */
function narrowed(from: string, to: string): string {
  const address = new URL(location.href);
  for (const name of ['year', 'month', 'from', 'to', 'page']) address.searchParams.delete(name);
  address.searchParams.set('from', from);
  address.searchParams.set('to', to);
  return address.pathname + address.search;
}
