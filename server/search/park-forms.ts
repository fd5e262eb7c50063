import type { Gazetteer } from '../../config/gazetteer.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import type { Literal } from './clause.ts';

/** Every name of the park, former ones too, normalised. */
export function parkForms(
  { id, name }: Extract<Literal, { type: 'named-park' }>,
  gazetteer: Gazetteer,
): string[] {
  const park = gazetteer.byId.get(id);
  const names =
    park === undefined
      ? [name]
      : [park.name, park.fullName, ...park.aliases, ...park.formerNames.map((one) => one.name)];
  return [...new Set(names.map((one) => normaliseText(one).text))];
}
