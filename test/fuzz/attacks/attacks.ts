import type { Attack } from './attack.ts';
import { malformedBodies } from './bodies.ts';
import { foreignOrigins, forwardedFor, wrongTokens } from './guards.ts';
import { headerFloods } from './header-floods.ts';
import { heldBodies, heldHeads, heldRawAddresses } from './held.ts';
import { phraseBombs, savedBombs } from './phrase-bombs.ts';
import { pipelinedRaw } from './pipelined-raw.ts';
import { pipelined } from './pipelined.ts';
import { protocols } from './protocols.ts';
import { rawBytes } from './raw-bytes.ts';
import { resets } from './resets.ts';
import { smuggling } from './smuggling.ts';
import { slowReaders, unreadAnswers } from './unread.ts';
import { vastPages } from './vast-pages.ts';

/** What a visitor can do, each often enough in its turn. */
export const ATTACKS: readonly Attack[] = [
  pipelined,
  pipelinedRaw,
  rawBytes,
  heldHeads,
  heldRawAddresses,
  heldBodies,
  unreadAnswers,
  slowReaders,
  malformedBodies,
  protocols,
  headerFloods,
  smuggling,
  resets,
  phraseBombs,
  savedBombs,
  vastPages,
  foreignOrigins,
  forwardedFor,
  wrongTokens,
];
