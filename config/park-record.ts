import { z } from 'zod';

/** The kinds of park, in the order in which lists and facets show them, with their Chinese labels. */
export const parkTypes = [
  { type: 'high-tech', label: '高新区' },
  { type: 'economic', label: '经开区' },
  { type: 'bonded', label: '综保区' },
  { type: 'new-area', label: '国家级新区' },
  { type: 'ftz', label: '自贸试验区' },
  { type: 'innovation-demo', label: '自创区' },
  { type: 'other', label: '其他' },
] as const;

type ParkType = (typeof parkTypes)[number]['type'];

const labels = new Map<string, string>(parkTypes.map(({ type, label }) => [type, label]));

/** The Chinese label of a park type; the type itself when it is unknown. */
export function parkTypeLabel(type: string): string {
  return labels.get(type) ?? type;
}

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
export type Park = ReturnType<typeof toPark>;

function toPark(data: z.infer<typeof record>) {
  return Object.freeze({
    id: data.id,
    /** The usual short name: 贵阳高新区. */
    name: data.name,
    fullName: data.full_name,
    type: data.type,
    level: data.level,
    province: data.province,
    city: data.city,
    /** Every city it lies in; `[city]` for most. */
    cities: Object.freeze(data.cities ?? [data.city]),
    /** Names that are enough on their own. */
    aliases: Object.freeze(data.aliases),
    /** Names that count only beside the park's city or province, or another name of the park. */
    ambiguousAliases: Object.freeze(data.ambiguous_aliases),
    formerNames: Object.freeze(
      data.former_names.map(([name, years]) => Object.freeze({ name, years })),
    ),
    status: data.status,
    /** `YYYY[-MM[-DD]]`, a remark in brackets may follow: `2014-12(2015-04挂牌)`. */
    since: data.since ?? null,
    /** The id of the park it is a part of. */
    partOf: data.part_of ?? null,
    /** GB/T 2260: four digits for a city, six for a place directly under its province. */
    adcode: data.adcode ?? null,
    note: data.note ?? null,
    /** Codes of the sources, see `parks/README.md`. */
    sources: Object.freeze(data.source),
  });
}

// Checked in one go: a check for each record takes twice the time, and every command waits for it.
const records = z.array(record);

/**
 * The frozen parks of the parsed lines, or every problem of every line in Chinese: which of the lines, counted
 * from 0, and its field as written in the file (null for the line as a whole). Never throws.
 */
export function readParks(lines: readonly unknown[]) {
  const parsed = records.safeParse(lines);
  if (parsed.success)
    return { type: 'parks', parks: Object.freeze(parsed.data.map(toPark)) } as const;
  const problems = parsed.error.issues.map((issue) => {
    const [index, ...path] = issue.path;
    const isUnknown = issue.code === 'unrecognized_keys';
    return {
      index: Number(index),
      field: isUnknown ? issue.keys.join('、') : fieldName(path),
      reason: isUnknown ? '没有这样的字段，请删去或改正名称' : issue.message,
    };
  });
  return { type: 'problems', problems } as const;
}

/** `['aliases', 2]` → `aliases.[2]`; null for the record itself. */
function fieldName(path: readonly PropertyKey[]): string | null {
  if (path.length === 0) return null;
  return path.map((part) => (typeof part === 'number' ? `[${part}]` : String(part))).join('.');
}
