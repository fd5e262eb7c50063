import { ConverterFactory } from 'opencc-js/core';
import * as openCC from 'opencc-js/preset/cn2t';

let convert: ((text: string) => string) | undefined;

/** Simplified Chinese in the traditional characters of OpenCC's Taiwan standard: `检索后台 → 檢索後臺`. */
export function toTraditional(text: string): string {
  // The tables take a moment to read, and most readers never need them.
  convert ??= ConverterFactory(openCC.from['cn']!, openCC.to['tw']!);
  return convert(text);
}
