import type { Park } from '../../config/gazetteer.ts';

/** Names that are enough on their own, the usual one first. */
export function properNames({ name, fullName, aliases }: Park): string[] {
  return [name, fullName, ...aliases];
}

export function formerNames(park: Park): string[] {
  return park.formerNames.map(({ name }) => name);
}

/** Ambiguous and former ones too. */
export function allNames(park: Park): string[] {
  return [...properNames(park), ...park.ambiguousAliases, ...formerNames(park)];
}
