import { z } from 'zod';

const parkSummarySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    fullName: z.string(),
    type: z.string(),
    typeLabel: z.string(),
    province: z.string(),
    city: z.string(),
    listed: z.boolean().meta({ description: '是否在园区名录中' }),
    articles: z.int().meta({ description: '提到该园区的文章数' }),
  })
  .meta({ id: 'ParkSummary' });

export const parksResponseSchema = z.object({ parks: z.array(parkSummarySchema) });

const suggestionSchema = z
  .object({
    type: z.enum(['park', 'word', 'title']),
    text: z.string().meta({
      description: '园区与词语：可直接取代检索框中的内容；标题：文章的标题',
    }),
    label: z.string().meta({ description: '补充说明：省份与类型，或日期与来源；可为空' }),
    count: z.int().optional().meta({ description: '含有它的文章数；标题则为该报道的份数' }),
  })
  .meta({ id: 'Suggestion' });

export const suggestResponseSchema = z.object({ suggestions: z.array(suggestionSchema) });

export type ParkSummary = z.infer<typeof parkSummarySchema>;
export type Suggestion = z.infer<typeof suggestionSchema>;
