import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const questionSetSchema = z.object({
  data: z.array(
    z.object({
      paragraphs: z.array(
        z.object({
          context: z.string(),
          qas: z.array(z.object({ id: z.string(), question: z.string() })),
        }),
      ),
    }),
  ),
});

/** A paragraph with the questions that it answers. */
export interface QuestionedParagraph {
  readonly text: string;
  readonly questions: readonly string[];
}

/**
 * Returns the paragraphs of a reading-comprehension set in the format of SQuAD.
 * @throws ZodError when the file is in another format.
 */
export async function readQuestionSet(file: string): Promise<QuestionedParagraph[]> {
  const { data } = questionSetSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  return data.flatMap(({ paragraphs }) =>
    paragraphs.map(({ context, qas }) => ({
      text: context,
      // One set has a question without a word.
      questions: qas.map(({ question }) => question).filter((question) => question.trim() !== ''),
    })),
  );
}
