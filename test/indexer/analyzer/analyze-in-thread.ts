import { parentPort, workerData } from 'node:worker_threads';
import { createAnalyzer } from '../../../indexer/analyzer/analyzer.ts';
import type { AnalyzerWords } from '../../../indexer/analyzer/words.ts';

const { words, text } = workerData as { words: AnalyzerWords; text: string };
parentPort?.postMessage(createAnalyzer(words).analyze(text));
