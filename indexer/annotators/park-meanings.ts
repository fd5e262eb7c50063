import type { Gazetteer, Park } from '../../config/gazetteer.ts';
import { foldName } from './folded-text.ts';

/** How a name is listed in the gazetteer. */
export type ParkNameKind = 'name' | 'full-name' | 'alias' | 'former-name' | 'ambiguous';

/** What a name in a text may mean. */
export interface NameMeaning {
  /** Folded. */
  readonly name: string;
  readonly kind: ParkNameKind;
  /** One park, except for ambiguous names that several share. */
  readonly parks: readonly Park[];
}

/**
 * Every name of the parks, folded, with what it means; spellings that follow from a name count as
 * aliases. A name that one park has now is not another's former name; generic words mean nothing.
 */
export function collectMeanings({ parks, traps }: Gazetteer): Map<string, NameMeaning> {
  const meanings = new Map<string, NameMeaning>();
  const add = (written: string, kind: ParkNameKind, park: Park): void => {
    const name = foldName(written);
    if (traps.generic.has(name) || name.length < 2) return;
    const known = meanings.get(name);
    if (known === undefined) meanings.set(name, { name, kind, parks: [park] });
    else if (kind === 'ambiguous' && known.kind === 'ambiguous' && !known.parks.includes(park))
      meanings.set(name, { name, kind, parks: [...known.parks, park] });
  };
  const certain = parks.map((park) => {
    const ambiguous = new Set(park.ambiguousAliases);
    const keep = (names: readonly string[]): string[] =>
      names.filter((name) => !ambiguous.has(name));
    return {
      park,
      names: keep([park.name]),
      fullNames: keep([park.fullName]),
      aliases: keep(park.aliases),
      formerNames: keep(park.formerNames.map(({ name }) => name)),
    };
  });
  for (const { park, names } of certain) for (const name of names) add(name, 'name', park);
  for (const { park, fullNames } of certain)
    for (const name of fullNames) add(name, 'full-name', park);
  for (const { park, aliases } of certain) for (const name of aliases) add(name, 'alias', park);
  for (const { park, names, fullNames, aliases } of certain)
    for (const name of [...names, ...fullNames, ...aliases])
      for (const spelling of withCityWord(name, park.city)) add(spelling, 'alias', park);
  for (const { park, formerNames } of certain)
    for (const name of formerNames) add(name, 'former-name', park);
  for (const park of parks)
    for (const alias of park.ambiguousAliases)
      for (const name of [alias, ...withCityWord(alias, park.city)]) add(name, 'ambiguous', park);
  return meanings;
}

/** 天津滨海新区 → 天津市滨海新区. 贵阳市高新区 needs no entry: see `findUnlisted`. */
function withCityWord(name: string, city: string): readonly string[] {
  if (!name.startsWith(city) || name[city.length] === '市') return [];
  const rest = name.slice(city.length);
  return rest.length < 2 || OTHERWISE_FOUND.test(rest) ? [] : [`${city}市${rest}`];
}

const OTHERWISE_FOUND =
  /^(?:国家级?)?(?:高新(?:技术产业开发|技术开发)?区|经开区|经济技术开发区|综合保税区|综保区)$/;
