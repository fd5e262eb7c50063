import type { Finding } from '../core/finding.ts';
import { decodeChunks } from './decode.ts';
import { ioFinding } from './io-findings.ts';
import type { SourceFile } from './page.ts';
import { binaryFinding, encodingFinding } from './text-file.ts';

export interface TextStream {
  readonly pieces: AsyncIterable<string>;
  /** What was wrong with the stream; complete when `pieces` has ended. */
  readonly findings: readonly Finding[];
}

/** Returns the text of a file in pieces, for formats read record by record; an I/O error ends it with a finding. */
export function streamText(file: SourceFile): TextStream {
  const findings: Finding[] = [];
  return { pieces: readPieces(file, findings), findings };
}

async function* readPieces(file: SourceFile, findings: Finding[]): AsyncGenerator<string> {
  const stream = file.stream();
  try {
    yield* decodeChunks(stream as AsyncIterable<Buffer>, (detection) => {
      if (detection.type === 'binary') findings.push(binaryFinding(file.path, detection.reason));
      else if (detection.doubtful !== null) {
        findings.push(encodingFinding(file.path, '', detection.doubtful));
      }
    });
  } catch (error) {
    findings.push(ioFinding(file.path, error));
  } finally {
    stream.destroy();
  }
}
