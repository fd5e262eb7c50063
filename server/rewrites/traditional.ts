import { simplifyRuns } from '../../indexer/analyzer/simplified.ts';
import { textConverter } from './convert-texts.ts';

/** Traditional characters made simplified, by phrases, as in the index: `貴陽綜保區 → 贵阳综保区`. */
export const traditionalRewriter = textConverter('traditional', simplifyRuns);
