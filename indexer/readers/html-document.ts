import { parseHTML } from 'linkedom';

const DOCTYPE = /<!doctype[^<>]{0,500}>/gi;
const ROOT_TAG = /<\/?html(?:\s[^<>]{0,2000})?>/gi;
const BODY_TAG = /<body(?=[\s>])/i;
const HEAD_TAG = /<\/?head(?:\s[^<>]{0,500})?>/gi;

/**
 * Returns the DOM of a whole HTML document with `html` and `body` in place, whatever the source
 * leaves out: linkedom takes a tree as it is written.
 */
export function parseDocument(html: string): Document {
  const inner = html.replace(DOCTYPE, '').replace(ROOT_TAG, '');
  return parseHTML(`<!doctype html><html>${withHeadAndBody(inner)}</html>`).document;
}

function withHeadAndBody(inner: string): string {
  const body = BODY_TAG.exec(inner);
  if (body !== null) {
    const head = inner.slice(0, body.index).replace(HEAD_TAG, '');
    return `<head>${head}</head>${inner.slice(body.index)}`;
  }
  const headEnd = /<\/head\s{0,9}>/i.exec(inner);
  if (headEnd === null) return `<head></head><body>${inner.replace(HEAD_TAG, '')}</body>`;
  const head = inner.slice(0, headEnd.index).replace(HEAD_TAG, '');
  return `<head>${head}</head><body>${inner.slice(headEnd.index + headEnd[0].length)}</body>`;
}
