import { z } from 'zod';

export const savedSearchInputSchema = z
  .object({
    name: z
      .string('请填写名称')
      .trim()
      .min(1, '请填写名称')
      .max(100, '名称最多 100 个字符')
      .meta({ example: '贵阳高新区 2022 年春' }),
    query: z.string('请给出检索页的查询串').max(8_000, '查询串最多 8000 个字符').meta({
      description: '检索页网址中 ? 之后的部分',
      example: 'q=营商环境&park=guiyang-gaoxinqu',
    }),
  })
  .meta({ id: 'SavedSearchInput' });

export const savedSearchChangeSchema = savedSearchInputSchema
  .partial()
  .refine((change) => change.name !== undefined || change.query !== undefined, {
    error: '至少给出 name 或 query 之一',
  })
  .meta({ id: 'SavedSearchChange' });

export const savedSearchSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    query: z.string(),
    link: z.string(),
    feedAtom: z.string(),
    feedJson: z.string(),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'SavedSearch' });

/** The token is told once, when the search is saved; only its hash is kept. */
export const createdSavedSearchSchema = savedSearchSchema
  .extend({ token: z.string() })
  .meta({ id: 'CreatedSavedSearch' });

export type SavedSearchInput = z.infer<typeof savedSearchInputSchema>;
export type SavedSearchResponse = z.infer<typeof savedSearchSchema>;
