import { z } from 'zod';
import { parkTypes, type ParkType } from './park-types.ts';

const text = z.string('应为文字').min(1, '不能为空');
// One check for the whole array: 5,000 single checks would double the time that every command waits.
const names = z.custom<readonly string[]>(
  (value) => Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== ''),
  '应为名称的数组，每项是非空文字；没有就写 []',
);

/** One line of `parks/parks.jsonl`, as written there; its README says what the fields mean. */
const record = z.strictObject({
  id: z.string('应为拼音 id').regex(/^[a-z][a-z-]*$/, '只能用小写拼音字母和连字符'),
  name: text,
  full_name: text,
  type: z.enum(
    parkTypes.map(({ type }) => type) as [ParkType, ...ParkType[]],
    `应为 ${parkTypes.map(({ type, label }) => `${type}（${label}）`).join('、')} 之一`,
  ),
  level: z.enum(['national', 'provincial', 'other'], '应为 national、provincial 或 other'),
  province: text,
  city: text,
  cities: z.array(text, '应为城市名的数组').optional(),
  aliases: names,
  ambiguous_aliases: names,
  former_names: z.array(z.tuple([text, text], '每项应为 ["旧名", "年份"]')).default([]),
  status: z.enum(['current', 'withdrawn'], '应为 current 或 withdrawn'),
  since: z
    .string('应为文字')
    .regex(
      /^\d{4}(-\d{2})?(-\d{2})?(\([^()]+\))?$/,
      '应写作 2015、2015-02 或 2015-02-28，其后可加一个半角括号内的说明',
    )
    .optional(),
  part_of: text.optional(),
  adcode: z
    .string('应为文字')
    .regex(/^\d{4}(\d{2})?$/, '应为四位数字（GB/T 2260 市级）或六位（省直辖）')
    .optional(),
  note: text.optional(),
  source: names,
});

/** One park. Names are as newspapers print them; places carry no 省 or 市. */
export interface Park {
  readonly id: string;
  /** The usual short name: 贵阳高新区. */
  readonly name: string;
  readonly fullName: string;
  readonly type: ParkType;
  readonly level: 'national' | 'provincial' | 'other';
  readonly province: string;
  readonly city: string;
  /** Every city it lies in; `[city]` for most. */
  readonly cities: readonly string[];
  /** Names that are enough on their own. */
  readonly aliases: readonly string[];
  /** Names that count only beside the park's city or province, or another name of the park. */
  readonly ambiguousAliases: readonly string[];
  readonly formerNames: readonly { readonly name: string; readonly years: string }[];
  readonly status: 'current' | 'withdrawn';
  /** `YYYY[-MM[-DD]]`, a remark in brackets may follow: `2014-12(2015-04挂牌)`. */
  readonly since: string | null;
  /** The id of the park it is a part of. */
  readonly partOf: string | null;
  /** GB/T 2260: four digits for a city, six for a place directly under its province. */
  readonly adcode: string | null;
  readonly note: string | null;
  /** Codes of the sources, see `parks/README.md`. */
  readonly sources: readonly string[];
}

interface RecordProblem {
  /** Which of the values, from 0. */
  readonly index: number;
  /** The field as written in the file; null when the record as a whole is wrong. */
  readonly field: string | null;
  readonly reason: string;
}

export type ParksReading =
  | { readonly type: 'parks'; readonly parks: readonly Park[] }
  | { readonly type: 'problems'; readonly problems: readonly RecordProblem[] };

// Checked in one go: a check for each record takes twice the time, and every command waits for it.
const records = z.array(record);

/** The frozen parks of the parsed lines, or every problem of every line. Never throws. */
export function readParks(lines: readonly unknown[]): ParksReading {
  const parsed = records.safeParse(lines);
  if (parsed.success) return { type: 'parks', parks: Object.freeze(parsed.data.map(freezePark)) };
  return {
    type: 'problems',
    problems: parsed.error.issues.map((issue) => {
      const [index, ...path] = issue.path;
      const unknown = issue.code === 'unrecognized_keys' ? issue.keys.join('、') : null;
      return {
        index: Number(index),
        field: unknown ?? fieldName(path),
        reason: unknown === null ? issue.message : '没有这样的字段，请删去或改正名称',
      };
    }),
  };
}

function freezePark(data: z.infer<typeof record>): Park {
  return Object.freeze({
    id: data.id,
    name: data.name,
    fullName: data.full_name,
    type: data.type,
    level: data.level,
    province: data.province,
    city: data.city,
    cities: Object.freeze(data.cities ?? [data.city]),
    aliases: Object.freeze(data.aliases),
    ambiguousAliases: Object.freeze(data.ambiguous_aliases),
    formerNames: Object.freeze(
      data.former_names.map(([name, years]) => Object.freeze({ name, years })),
    ),
    status: data.status,
    since: data.since ?? null,
    partOf: data.part_of ?? null,
    adcode: data.adcode ?? null,
    note: data.note ?? null,
    sources: Object.freeze(data.source),
  });
}

/** `['aliases', 2]` → `aliases.[2]`; null for the record itself. */
function fieldName(path: readonly PropertyKey[]): string | null {
  if (path.length === 0) return null;
  return path.map((part) => (typeof part === 'number' ? `[${part}]` : String(part))).join('.');
}
