import { z } from 'zod';
import { hitSchema } from './search-schema.ts';

/** `GET /api/articles/:id`; the article page shows the same. */
export const articleResponseSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    kicker: z.string().nullable(),
    subtitle: z.string().nullable(),
    bylines: z.array(z.string()),
    authors: z.array(z.string()),
    text: z.string().meta({ description: '正文，段落以换行分隔' }),
    paragraphs: z.array(z.string()),
    crossheads: z.array(z.int()).meta({ description: 'paragraphs 中哪几段（从 0 数起）是小标题' }),
    captions: z.array(z.string()),
    date: z.string().nullable(),
    datePrecision: z.enum(['day', 'month', 'year', 'unknown']),
    dateEvidence: z.string().meta({ description: '日期是怎样得知的' }),
    source: z.string().nullable(),
    section: z.string().nullable().meta({ description: '版面' }),
    kind: hitSchema.shape.kind,
    parks: z.array(
      z.object({ id: z.string(), name: z.string(), listed: z.boolean(), mentions: z.int() }),
    ),
    keywords: z.array(z.string()),
    confidence: z.number(),
    duplicateOf: z.string().nullable(),
    duplicates: z.array(z.string()),
    sourceUrl: z.string().nullable(),
    origin: z.object({ file: z.string(), place: z.string() }),
    url: z.string(),
  })
  .meta({ id: 'Article' });

export type ArticleResponse = z.infer<typeof articleResponseSchema>;
