/**
 * Radicals without a decomposition in Unicode → the characters they look like
 * (EquivalentUnifiedIdeograph.txt); ⼾ has one, but to the form that the mainland does not write.
 */
const SUPPLEMENT =
  '⺁厂⺎兀⺏尣⺠民⺟母⺮竹⺼月⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟⼾户';

const CHARACTERS = new Map(
  (SUPPLEMENT.match(/../gu) ?? []).map((pair) => [pair.charAt(0), pair.charAt(1)] as const),
);

/**
 * Returns text with radical symbols replaced by the characters they look like: `⾼新区` → `高新区`.
 * PDF makers that look a glyph up in its font find the radical first (Chromium with Noto does).
 */
export function unifyRadicals(text: string): string {
  return text.replace(
    /[\u2e80-\u2fdf]/g,
    (radical) => CHARACTERS.get(radical) ?? radical.normalize('NFKC'),
  );
}
