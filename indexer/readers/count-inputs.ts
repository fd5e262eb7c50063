import { stat } from 'node:fs/promises';
import { glob, isDynamicPattern } from 'tinyglobby';

/**
 * About how many files `inputs` (files, folders, globs) name, for a progress line: what lies behind
 * symbolic links, and what cannot be read, may be counted or not. Opens no file.
 */
export async function countInputs(inputs: readonly string[]): Promise<number> {
  let files = 0;
  for (const input of inputs) {
    const about = await stat(input).catch(() => null);
    if (about?.isDirectory() === true)
      files += (await glob('**', { cwd: input, ignore: ['**/meta.yaml', '**/*.meta.yaml'] }))
        .length;
    else if (about === null && isDynamicPattern(input)) files += (await glob(input)).length;
    else files += 1;
  }
  return files;
}
