import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import { articleResponseSchema } from './article-schema.ts';
import { parksResponseSchema, suggestResponseSchema } from './park-schema.ts';
import {
  createdSavedSearchSchema,
  newsRequestSchema,
  newsResponseSchema,
  newsSchema,
  savedSearchChangeSchema,
  savedSearchInputSchema,
  savedSearchSchema,
  setWebhookSchema,
  webhookInputSchema,
  webhookListSchema,
  webhookSchema,
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
const ERRORS = {
  400: '请求有误',
  401: '不是管理员',
  403: '口令不对',
  404: '没有',
  409: '已达上限',
  503: '检索引擎暂时不可用',
} as const;
const errors = (...statuses: readonly (keyof typeof ERRORS)[]) =>
  Object.fromEntries(
    statuses.map((status) => [String(status), json(ERRORS[status], errorResponseSchema)] as const),
  );
const body = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });
const path = z.object({ id: z.string() });
const owner = [{ savedSearchToken: [] }];
const administrator = [{ adminToken: [] }];

/** The interface as OpenAPI 3.1, made from the schemas that check the requests. */
export const openApiDocument = createDocument({
  openapi: '3.1.0',
  info: { title: '园区新闻检索', version: '1', description: '科技与产业园区中文新闻的全文检索。' },
  components: {
    securitySchemes: {
      savedSearchToken: {
        type: 'http',
        scheme: 'bearer',
        description: '保存时得到的口令，或 ADMIN_TOKEN',
      },
      adminToken: {
        type: 'http',
        scheme: 'bearer',
        description: 'ADMIN_TOKEN；没有设它时只在本机可用',
      },
    },
  },
  paths: {
    '/api/search': {
      get: {
        summary: '检索文章',
        requestParams: { query: searchRequestSchema },
        responses: { '200': json('一页结果', searchResponseSchema), ...errors(400, 503) },
      },
    },
    '/api/articles/{id}': {
      get: {
        summary: '一篇文章',
        requestParams: { path },
        responses: { '200': json('文章', articleResponseSchema), ...errors(404) },
      },
    },
    '/api/suggest': {
      get: {
        summary: '输入时的建议',
        requestParams: { query: suggestRequestSchema },
        responses: { '200': json('建议', suggestResponseSchema), ...errors(400) },
      },
    },
    '/api/parks': {
      get: {
        summary: '文章提到的园区',
        requestParams: { query: suggestRequestSchema },
        responses: { '200': json('园区', parksResponseSchema), ...errors(400) },
      },
    },
    '/api/analyze': {
      get: {
        summary: '一段文字在索引里的词',
        requestParams: { query: analyzeRequestSchema },
        responses: { '200': json('词', analyzeResponseSchema), ...errors(400) },
      },
    },
    '/api/export': {
      get: {
        summary: '导出全部结果',
        description:
          '不限篇数，按日期排列（sort=oldest 时由旧到新，否则由新到旧），同日按收录先后；page 与 size 不起作用。',
        requestParams: {
          query: z.object({ ...searchRequestSchema.shape, ...exportFormatSchema.shape }),
        },
        responses: {
          '200': {
            description: '全部结果；篇数事先可知时写在 X-Total-Count 里',
            content: {
              'text/csv': { schema: z.string() },
              'application/x-ndjson': { schema: z.string() },
              'application/x-research-info-systems': { schema: z.string() },
            },
          },
          ...errors(400, 503),
        },
      },
    },
    '/api/saved-searches': {
      post: {
        summary: '保存一个检索',
        requestBody: body(savedSearchInputSchema),
        responses: { '201': json('已保存', createdSavedSearchSchema), ...errors(400, 409) },
      },
    },
    '/api/saved-searches/{id}': {
      get: {
        summary: '一个保存的检索',
        requestParams: { path },
        responses: { '200': json('保存的检索', savedSearchSchema), ...errors(404) },
      },
      patch: {
        summary: '改名或改检索条件',
        security: owner,
        requestParams: { path },
        requestBody: body(savedSearchChangeSchema),
        responses: { '200': json('改后的检索', savedSearchSchema), ...errors(400, 403, 404) },
      },
      delete: {
        summary: '删除，一个月内可以恢复；推送随之移除，不能恢复',
        security: owner,
        requestParams: { path },
        responses: { '204': { description: '已删除' }, ...errors(403, 404) },
      },
    },
    '/api/saved-searches/{id}/restore': {
      post: {
        summary: '撤销删除',
        security: owner,
        requestParams: { path },
        responses: { '200': json('恢复的检索', savedSearchSchema), ...errors(404) },
      },
    },
    '/api/saved-searches/{id}/news': {
      get: {
        summary: '新收录了几篇',
        requestParams: { path, query: newsRequestSchema },
        responses: { '200': json('篇数', newsResponseSchema), ...errors(400, 404) },
      },
    },
    '/api/saved-searches/{id}/webhook': {
      get: {
        summary: '推送的网址与状况',
        security: owner,
        requestParams: { path },
        responses: { '200': json('推送', webhookSchema), ...errors(403, 404) },
      },
      put: {
        summary: '有新文章时以 POST 送 JSON 到一个网址',
        description:
          '对方须以 2xx 回答，否则隔越来越长的时间再送，最多 20 次，之后放弃，不再送；接连放弃 3 次就暂停，再次 PUT 则重新开启。每次的 webhook-id 不变。不跟随转向。签名见 webhooks 一节。',
        security: owner,
        requestParams: { path },
        requestBody: body(webhookInputSchema),
        responses: { '200': json('推送', setWebhookSchema), ...errors(400, 403, 404, 409) },
      },
      delete: {
        summary: '不再推送',
        security: owner,
        requestParams: { path },
        responses: { '204': { description: '不再推送' }, ...errors(403, 404) },
      },
    },
    '/api/webhooks': {
      get: {
        summary: '全部推送',
        security: administrator,
        responses: { '200': json('推送', webhookListSchema), ...errors(401) },
      },
    },
    '/api/webhooks/{id}': {
      delete: {
        summary: '移除一个保存的检索的推送',
        security: administrator,
        requestParams: { path },
        responses: { '204': { description: '已移除' }, ...errors(401, 404) },
      },
    },
  },
  webhooks: {
    news: {
      post: {
        summary: '保存的检索有了新文章',
        description:
          '按 Standard Webhooks（https://www.standardwebhooks.com）签名：以密钥去掉 whsec_、经 Base64 解码后的字节，对“webhook-id.webhook-timestamp.正文原样”作 HMAC-SHA256。收到过的 webhook-id 请忽略。',
        requestParams: {
          header: z.object({
            'webhook-id': z.string().meta({ description: '重发时不变' }),
            'webhook-timestamp': z.string().meta({ description: '这一次发送的 Unix 时间，秒' }),
            'webhook-signature': z.string().meta({ description: 'v1,<Base64>' }),
          }),
        },
        requestBody: body(newsSchema),
        responses: { '2XX': { description: '已收下；正文不看' } },
      },
    },
  },
});
