import { compileDictionary } from '../analyzer/segmenter.ts';
import { serveItems } from './serve-items.ts';

serveItems(compileDictionary);
