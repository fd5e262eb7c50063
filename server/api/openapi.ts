import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import { articleResponseSchema } from './article-schema.ts';
import { parksResponseSchema, suggestResponseSchema } from './park-schema.ts';
import {
  createdSavedSearchSchema,
  savedSearchChangeSchema,
  savedSearchInputSchema,
  savedSearchSchema,
} from './saved-search-schema.ts';
import { searchRequestSchema, searchResponseSchema } from './search-schema.ts';
import {
  analyzeRequestSchema,
  analyzeResponseSchema,
  errorResponseSchema,
  exportFormatSchema,
  suggestRequestSchema,
} from './small-schemas.ts';

const json = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema } },
});
const refused = { '400': json('请求有误', errorResponseSchema) };
const missing = { '404': json('没有', errorResponseSchema) };
const forbidden = { '403': json('口令不对', errorResponseSchema) };
const unavailable = { '503': json('检索引擎暂时不可用', errorResponseSchema) };
const idPath = z.object({ id: z.string() });
const owner = [{ savedSearchToken: [] }];

/** The interface as OpenAPI 3.1, made from the schemas that check the requests. */
export const openApiDocument = createDocument({
  openapi: '3.1.0',
  info: {
    title: '园区新闻检索',
    version: '1',
    description: '科技与产业园区中文新闻的全文检索。',
  },
  components: {
    securitySchemes: { savedSearchToken: { type: 'http', scheme: 'bearer' } },
  },
  paths: {
    '/api/search': {
      get: {
        summary: '检索文章',
        requestParams: { query: searchRequestSchema },
        responses: { '200': json('一页结果', searchResponseSchema), ...refused, ...unavailable },
      },
    },
    '/api/articles/{id}': {
      get: {
        summary: '一篇文章',
        requestParams: { path: idPath },
        responses: { '200': json('文章', articleResponseSchema), ...missing },
      },
    },
    '/api/suggest': {
      get: {
        summary: '输入时的建议',
        requestParams: { query: suggestRequestSchema },
        responses: { '200': json('建议', suggestResponseSchema), ...refused },
      },
    },
    '/api/parks': {
      get: {
        summary: '文章提到的园区',
        requestParams: { query: suggestRequestSchema },
        responses: { '200': json('园区', parksResponseSchema), ...refused },
      },
    },
    '/api/analyze': {
      get: {
        summary: '一段文字在索引里的词',
        requestParams: { query: analyzeRequestSchema },
        responses: { '200': json('词', analyzeResponseSchema), ...refused },
      },
    },
    '/api/export': {
      get: {
        summary: '导出全部结果',
        requestParams: {
          query: z.object({ ...searchRequestSchema.shape, ...exportFormatSchema.shape }),
        },
        responses: {
          '200': {
            description: '全部结果',
            content: {
              'text/csv': { schema: z.string() },
              'application/x-ndjson': { schema: z.string() },
              'application/x-research-info-systems': { schema: z.string() },
            },
          },
          ...refused,
          ...unavailable,
        },
      },
    },
    '/api/saved-searches': {
      post: {
        summary: '保存一个检索',
        requestBody: { content: { 'application/json': { schema: savedSearchInputSchema } } },
        responses: { '201': json('已保存', createdSavedSearchSchema), ...refused },
      },
    },
    '/api/saved-searches/{id}': {
      get: {
        summary: '一个保存的检索',
        requestParams: { path: idPath },
        responses: { '200': json('保存的检索', savedSearchSchema), ...missing },
      },
      patch: {
        summary: '改名或改检索条件',
        security: owner,
        requestParams: { path: idPath },
        requestBody: { content: { 'application/json': { schema: savedSearchChangeSchema } } },
        responses: {
          '200': json('改后的检索', savedSearchSchema),
          ...refused,
          ...forbidden,
          ...missing,
        },
      },
      delete: {
        summary: '删除',
        security: owner,
        requestParams: { path: idPath },
        responses: { '204': { description: '已删除' }, ...forbidden, ...missing },
      },
    },
  },
});
