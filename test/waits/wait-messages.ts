import type { WaitFigures } from './wait-figures.ts';

/** The name of what is under way when nothing is. */
export const QUIET = '无攻击';

/** Whose waits count: while the engine is away, a search may well take as long as it is waited for. */
export type Measured = 'all' | 'healthz' | 'none';

/** From the run to the measuring process. */
export type WaitOrder =
  | { readonly type: 'target'; readonly address: string; readonly paths: ProbedPaths }
  | { readonly type: 'attack'; readonly name: string; readonly measured: Measured }
  | { readonly type: 'report' };

export interface ProbedPaths {
  /** Of a search that is asked again and again. */
  readonly search: string;
  readonly article: string;
}

export interface WaitReport {
  readonly all: WaitFigures;
  readonly byAttack: Readonly<Record<string, WaitFigures>>;
  readonly machine: MachineNotes;
}

/** What else made waits longer. */
interface MachineNotes {
  readonly seconds: number;
  /** Milliseconds in which the measuring process itself stood still. */
  readonly ownStalls: { readonly all: number; readonly longest: number };
  /** Share of the time in which something waited for a core; null where the system does not tell. */
  readonly shareWaitingForCore: number | null;
  readonly load: number;
  readonly cores: number;
}
