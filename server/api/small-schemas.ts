import { z } from 'zod';
import { EXPORT_FORMATS } from '../../indexer/documents/export-formats.ts';

/** `GET /api/suggest`, `GET /api/parks`. */
export const suggestRequestSchema = z.object({
  q: z.string('q 只能出现一次').max(200, '最多 200 个字符').default(''),
});

/** `GET /api/analyze`. */
export const analyzeRequestSchema = z.object({
  text: z.string('请给出一个 text').max(5_000, '最多 5000 个字符'),
});

const tokenSchema = z
  .object({
    text: z.string(),
    start: z.int(),
    end: z.int(),
    kind: z.string(),
    term: z.string(),
    parts: z.array(z.string()),
  })
  .meta({ id: 'Token' });

export const analyzeResponseSchema = z.object({ tokens: z.array(tokenSchema) });

export const errorResponseSchema = z
  .object({
    error: z.object({ code: z.string(), message: z.string(), detail: z.string().optional() }),
  })
  .meta({ id: 'Error' });

export const exportFormatSchema = z.object({
  format: z.enum(EXPORT_FORMATS, `format 应为 ${EXPORT_FORMATS.join('、')} 之一`),
});
