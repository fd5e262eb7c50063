/** What happens to a running engine. */
export type EngineEvent =
  | { readonly type: 'ready' }
  | { readonly type: 'restarting'; readonly reason: string }
  /** It came back without data: the index must be built again from the article store. */
  | { readonly type: 'index-lost' };

export type EngineListener = (event: EngineEvent) => void;

export type EngineState = 'ready' | 'restarting' | 'stopped';
