import type { ProvinceTile } from '../../../config/province-tiles.ts';
import { groupDigits } from '../../html/labels.ts';
import { html, text, type SafeHtml } from '../../html/safe-html.ts';
import { chartFigure, rectangle, rounded } from './chart-figure.ts';

interface ProvinceChart {
  readonly label: string;
  readonly tiles: readonly ProvinceTile[];
  /** Most articles first. */
  readonly provinces: readonly {
    readonly province: string;
    readonly parks: number;
    readonly articles: number;
    /** The parks of the province. */
    readonly href: string;
    readonly articlesHref: string;
  }[];
}

const SIZE = { width: 336, height: 342 };
const GAP = 3;

/** The provinces as equal tiles where they lie, the stronger the colour, the more is written about their parks. */
export function provinceChart({ label, tiles, provinces }: ProvinceChart): SafeHtml {
  const counted = new Map(provinces.map((one) => [one.province, one]));
  const most = Math.max(1, ...provinces.map(({ articles }) => articles));
  const tile = {
    width: SIZE.width / (1 + Math.max(...tiles.map(({ column }) => column))),
    height: SIZE.height / (1 + Math.max(...tiles.map(({ row }) => row))),
  };

  const drawn = tiles.map(({ province, column, row }) => {
    const [x, y] = [column * tile.width, row * tile.height];
    const box = rectangle(x + GAP / 2, y + GAP / 2, tile.width - GAP, tile.height - GAP);
    const line = (words: string, below: number) =>
      html`<text
        x="${text(rounded(x + tile.width / 2))}"
        y="${text(rounded(y + tile.height / 2 + below))}"
        translate="no"
        pointer-events="none"
        >${text(words)}</text
      >`;
    const count = counted.get(province);
    if (count === undefined)
      return html`<path fill="var(--card)" d="${text(box)}" />${line(province, 4)}`;
    const { articles, parks, href } = count;
    const name = `${province}：${parks} 个园区，${groupDigits(articles)} 篇`;
    const opacity = shade(articles / most);
    // What is written on a tile is not its link's text, which says what the figure counts.
    return html`<a href="${text(href)}" aria-label="${text(name)}"
        ><title>${text(name)}</title
        ><path fill="var(--bar)" fill-opacity="${text(opacity)}" d="${text(box)}" /></a
      >${line(province, -3)}${line(groupDigits(articles), 12)}`;
  });

  return chartFigure({
    label,
    sizes: { only: SIZE },
    draw: () => html`${drawn}`,
    role: 'group',
    columns: [{ text: '省份' }, { text: '园区' }, { text: '报道' }],
    rows: provinces.map(({ province, parks, articles, href, articlesHref }) => ({
      head: { text: province, href, isName: true },
      figures: [{ count: parks }, { count: articles, href: articlesHref }],
    })),
  });
}

/** By the square root, or one province far ahead would leave all others pale. */
function shade(share: number): number {
  return Math.round((0.2 + 0.65 * Math.sqrt(share)) * 100) / 100;
}
