import { compileDictionary } from '../analyzer/segmenter.ts';
import { serveItems } from '../core/serve-items.ts';

serveItems(compileDictionary);
