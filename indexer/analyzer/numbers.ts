/** A number in a normalised text: `4,569.44亿`, `3.8%`. */
export interface NumberForm {
  readonly length: number;
  /** How much of `length` is a scale in Chinese characters: 1 in `51万`. */
  readonly scaleLength: number;
  /** The canonical form: plain digits, the scale multiplied in, `%` kept. */
  readonly term: string;
  /** Other forms by which it may be looked for: the digits without scale or percent sign. */
  readonly parts: readonly string[];
}

// The figures are bounded so that a term stays short; longer rows of digits become several numbers.
const grouped = /\d{1,3}(?:,\d{3}){1,8}(?!\d)/y;
const plain = /\d{1,36}/y;
// Not the dot of 2021.09.15.
const fraction = /\.\d{1,12}(?![.\d]?\d)/y;
// 千 and 百 only before a larger one: 5千瓦 is a unit of its own.
const scale = /[十百千]?(?:万亿|万|亿)/y;

const zeros = new Map(Object.entries({ 十: 1, 百: 2, 千: 3, 万: 4, 亿: 8, 万亿: 12 }));

/** The number that begins at an offset at which a digit stands. */
export function readNumber(text: string, at: number): NumberForm {
  let end = at;
  const integer = matchAt(grouped, text, at) ?? matchAt(plain, text, at) ?? text.charAt(at);
  end += integer.length;
  // 15 after 2021.09. is no fraction of 9.
  const follows = at > 1 && text.charAt(at - 1) === '.' && /\d/.test(text.charAt(at - 2));
  const decimals = follows ? '' : (matchAt(fraction, text, end) ?? '');
  end += decimals.length;
  // 09月 is 9月; longer numbers keep their zeros: 007, telephone numbers.
  const figure = integer.replaceAll(',', '').replace(/^0(?=\d$)/, '') + decimals;
  const length = end - at;
  const sign = text.charAt(end);
  if (sign === '%' || sign === '‰')
    return { length: length + 1, scaleLength: 0, term: figure + sign, parts: [figure] };
  const scaleLength = matchAt(scale, text, end)?.length ?? 0;
  if (scaleLength > 0) {
    const term = multiply(figure, text.slice(end, end + scaleLength));
    return { length: length + scaleLength, scaleLength, term, parts: [figure] };
  }
  const shorter = decimals === '' ? figure : figure.replace(/\.?0+$/, '');
  return { length, scaleLength, term: figure, parts: shorter === figure ? [] : [shorter] };
}

/** Moves the point, exactly: `4569.44` 亿 → `456944000000`. */
function multiply(figure: string, scaled: string): string {
  const whole = scaled.endsWith('万亿') ? '万亿' : scaled.slice(-1);
  const more = scaled.slice(0, scaled.length - whole.length);
  const places = (zeros.get(whole) ?? 0) + (zeros.get(more) ?? 0);
  const [integer = '', decimals = ''] = figure.split('.');
  const moved = integer + decimals.slice(0, places).padEnd(places, '0');
  const left = decimals.slice(places).replace(/0+$/, '');
  return moved.replace(/^0+(?=\d)/, '') + (left === '' ? '' : `.${left}`);
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
