import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import { fieldNamed } from '../query/query-tokens.ts';

/** What has been typed so far, taken apart where a suggestion is to go on. */
export interface TypedText {
  /** What stays as it is: earlier words, `-`, `(`, `园区:`. */
  readonly head: string;
  /** The last word, normalised: it is what is completed. */
  readonly word: string;
  /** The field that the last word is the value of; null outside of fields. */
  readonly field: ReturnType<typeof fieldNamed> | null;
}

/** `招商 -园区:貴陽` → `招商 -园区:` and `贵阳`, in the field of parks. */
export function readTypedText(typed: string): TypedText {
  let start = typed.search(/(?<!\S)\S*$/u);
  let field: TypedText['field'] = null;
  for (;;) {
    const rest = typed.slice(start);
    const sign = /^[-(（|｜]/u.exec(rest)?.[0];
    const name = /^([^:：]+)[:：]/u.exec(rest);
    const named = name === null ? undefined : fieldNamed(name[1]!);
    if (sign !== undefined) start += sign.length;
    else if (name !== null && named !== undefined) {
      field = named;
      start += name[0].length;
    } else break;
  }
  return {
    head: typed.slice(0, start),
    word: normaliseText(typed.slice(start)).text.trim(),
    field,
  };
}
