import { DOMParser } from 'linkedom';
import { SVG_ATTRIBUTES, escapeHtml, svgElement } from '../../html/safe-html.ts';
import type { SafeHtml, SvgAttribute, SvgTag } from '../../html/safe-html.ts';

/** What a mark of a chart stands for. */
interface MarkMeaning {
  /** Shown beside the pointer: `2022年：3 篇`. */
  readonly title: string;
  /** Where a click leads. */
  readonly href?: string;
}

export interface ChartSvgView {
  /** What the chart shows, for those who cannot see it. */
  readonly label: string;
  /** The meaning of a series' n-th mark, both counted from 0. */
  readonly meaning: (series: number, mark: number) => MarkMeaning | undefined;
  /** Whether the texts of the drawing are names out of the corpus, not words of the interface. */
  readonly hasNames?: boolean;
}

/** What charts are drawn with; anything else in a drawing is left out, its style sheet included. */
const DRAWN: ReadonlySet<string> = new Set<SvgTag>(['g', 'path', 'rect', 'text']);
const ATTRIBUTES = new Set<string>(
  SVG_ATTRIBUTES.filter((name) => !['aria-label', 'href', 'role', 'translate'].includes(name)),
);
/** Of a style attribute, which the content security policy forbids; the family is the page's. */
const KEPT_STYLES = new Set<string>(['font-size', 'font-weight']);

/**
 * A drawing of ECharts as HTML: rebuilt from the elements and attributes that charts need, its texts
 * escaped here whatever the library did, its marks named and linked.
 */
export function chartSvg(
  drawing: string,
  { label, meaning, hasNames = false }: ChartSvgView,
): SafeHtml {
  // The parser's elements do all that is asked of them here, but not all that a browser's do.
  const root = new DOMParser().parseFromString(drawing, 'image/svg+xml')
    .documentElement as unknown as Element;
  const links: string[] = [];

  function rebuild(element: Element): SafeHtml[] {
    if (!DRAWN.has(element.tagName)) return [];
    const tag = element.tagName as SvgTag;
    const mark = meaningOf(element);
    const inside =
      tag === 'text' ? [escapeHtml(element.textContent)] : [...element.children].flatMap(rebuild);
    const attributes = keptAttributes(element);
    if (tag === 'text' && hasNames) attributes.push(['translate', 'no']);
    if (mark === undefined) return [svgElement(tag, attributes, inside)];
    const title = svgElement('title', [], [escapeHtml(mark.title)]);
    const drawn = svgElement(tag, attributes, [title, ...inside]);
    if (mark.href === undefined) return [drawn];
    links.push(mark.href);
    return [
      svgElement(
        'a',
        [
          ['href', mark.href],
          ['aria-label', mark.title],
        ],
        [drawn],
      ),
    ];
  }

  function meaningOf(element: Element): MarkMeaning | undefined {
    const series = element.getAttribute('ecmeta_series_index');
    const index = element.getAttribute('ecmeta_data_index');
    if (series === null || index === null) return undefined;
    return meaning(Number(series), Number(index));
  }

  const children = [...root.children].flatMap(rebuild);
  const size = `0 0 ${root.getAttribute('width') ?? ''} ${root.getAttribute('height') ?? ''}`;
  return svgElement(
    'svg',
    [
      ['viewBox', size],
      // Inside an image nothing can be focused, so a drawing with links is a group.
      ['role', links.length > 0 ? 'group' : 'img'],
      ['aria-label', label],
    ],
    children,
  );
}

function keptAttributes(element: Element): (readonly [SvgAttribute, string])[] {
  const written = element
    .getAttributeNames()
    .map((name) => [name, element.getAttribute(name) ?? ''] as const)
    .filter((pair): pair is readonly [SvgAttribute, string] => ATTRIBUTES.has(pair[0]));
  const styles = (element.getAttribute('style') ?? '')
    .split(';')
    .map((declaration) => {
      const [name = '', ...value] = declaration.split(':');
      return [name.trim(), value.join(':').trim()] as const;
    })
    .filter((pair): pair is readonly [SvgAttribute, string] => KEPT_STYLES.has(pair[0]));
  return [...written, ...styles];
}
