import type { ValidateFunction } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { z } from 'zod';
import type { FuzzRequest } from './fuzz-request.ts';
import type { Schema } from './schema-arbitrary.ts';
import { schemaSchema, valuesOf } from './schema-arbitrary.ts';

const mediaSchema = z.record(z.string(), z.looseObject({ schema: schemaSchema.optional() }));
const operationSchema = z.looseObject({
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.string(),
        required: z.boolean().optional(),
        schema: schemaSchema,
      }),
    )
    .optional(),
  requestBody: z.looseObject({ content: mediaSchema }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: mediaSchema.optional() })),
});
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.looseObject({ schemas: z.record(z.string(), schemaSchema) }),
});

type Operation = z.infer<typeof operationSchema>;

interface ContractRequest extends FuzzRequest {
  /** `get /api/articles/{id}` */
  readonly operation: string;
}

export interface Contract {
  /** Requests of all operations, made from what the document says of them. */
  readonly requests: (ids: readonly string[]) => fc.Arbitrary<ContractRequest>;
  /** What is wrong with an answer by the document; null: nothing. */
  readonly findMismatch: (
    operation: string,
    status: number,
    type: string,
    body: string,
  ) => string | null;
}

/** Reads an OpenAPI document as a promise that answers are held to. */
export function readContract(raw: unknown): Contract {
  const document = documentSchema.parse(raw);
  // Our schemas also carry `example` and `id`, which are no rules.
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'api', ...(raw as object) });
  const resolve = (ref: string): Schema =>
    document.components.schemas[ref.split('/').at(-1)!] ?? {};
  const operations = new Map<string, Operation>();
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods))
      operations.set(`${method} ${path}`, operation);
  const compiled = new Map<string, ValidateFunction>();

  function validator(key: string, status: string): ValidateFunction {
    const [method = '', path = ''] = key.split(' ');
    const escaped = path.replaceAll('~', '~0').replaceAll('/', '~1');
    const pointer = `api#/paths/${encodeURIComponent(escaped)}/${method}/responses/${status}/content/application~1json/schema`;
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: pointer });
    compiled.set(pointer, known);
    return known;
  }

  return {
    requests: (ids) =>
      fc.oneof(
        ...[...operations].map(([key, operation]) => requestsOf(key, operation, resolve, ids)),
      ),
    findMismatch(key, status, type, body) {
      const answer = operations.get(key)?.responses[String(status)];
      if (answer === undefined) return `状态 ${status} 不在文档里`;
      if (answer.content === undefined) return body === '' ? null : '文档说没有内容';
      const described = Object.keys(answer.content);
      if (!described.some((one) => type.startsWith(one)))
        return `${type} 不是 ${described.join('、')}`;
      if (!type.startsWith('application/json') || answer.content['application/json'] === undefined)
        return null;
      const validate = validator(key, String(status));
      return validate(JSON.parse(body)) ? null : ajv.errorsText(validate.errors);
    },
  };
}

function requestsOf(
  key: string,
  operation: Operation,
  resolve: (ref: string) => Schema,
  ids: readonly string[],
): fc.Arbitrary<ContractRequest> {
  const [method = '', path = ''] = key.split(' ');
  const parameters = operation.parameters ?? [];
  const query = parameters.filter((parameter) => parameter.in === 'query');
  const body = operation.requestBody?.content['application/json']?.schema;
  return fc
    .record({
      id: fc.constantFrom(...ids, 'nothing'),
      query: fc.record(
        Object.fromEntries(query.map(({ name, schema }) => [name, valuesOf(schema, resolve)])),
        { requiredKeys: query.flatMap(({ name, required }) => (required === true ? [name] : [])) },
      ),
      body: body === undefined ? fc.constant(undefined) : valuesOf(body, resolve),
    })
    .map(({ id, query: given, body: sent }) => {
      const pairs = Object.entries(given).flatMap(([name, value]) =>
        [value].flat().map((one) => [name, String(one)]),
      );
      const search = new URLSearchParams(pairs).toString();
      return {
        operation: key,
        method: method.toUpperCase(),
        path: path.replace('{id}', encodeURIComponent(id)) + (search === '' ? '' : `?${search}`),
        headers: sent === undefined ? {} : { 'content-type': 'application/json' },
        ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
      };
    });
}
