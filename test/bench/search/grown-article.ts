import { z } from 'zod';

/** A line of a grown corpus. */
export const grownArticle = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  date: z.string(),
});
