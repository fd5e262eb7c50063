import type { Block } from './blocks.ts';
import { areNames } from './bylines.ts';
import { modelCharacters } from './continuation-model.ts';
import { endsSentence } from './sentence-shape.ts';

const CREDIT_FIRST =
  /^[（(]?\s*(?:图片?来源|图源|图片提供|摄影|供图|制图|漫画|资料图片?)\s*[/／:：]?/;
const CREDIT_LAST =
  /(?:供图|摄影|[\u4e00-\u9fff\s]摄|\/摄|供\s*图|资料图片?|制图|图片|摄影报道|\/图|\/文图)\s*[)）]?$/;
const CAPTION_FIRST =
  /^[▲△▼↑↓←→◀▶■●]?\s*(?:图[①-⑩一二三四五六七八九十\d]{0,3}[为是：:]|[上下左右]\s*图|题图|图说|小图|大图|[①②③④⑤⑥⑦⑧⑨⑩])/;
const CREDIT_INSIDE =
  /(?:图片?来源|图源|供图|摄影)\s*[/／:：]\s*\S{2,24}$|[\u4e00-\u9fff]\s*[（(][^（()）]{0,20}(?:摄|供图|资料图片?)[)）]$|(?:记者|通讯员|新华社|中新社|本报)[^。]{0,20}\s?摄(?:影)?$|。\s{0,3}[^。\s]{2,12}\s*(?:摄|供图)$/;

/** Returns whether a block only says whose picture it is: `视觉中国供图`, `（张三 摄）`. */
export function isCredit(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length > 26 || /[。！？；，]/.test(trimmed)) return false;
  return CREDIT_FIRST.test(trimmed) || CREDIT_LAST.test(trimmed);
}

/** Returns whether a block says in its own words that it describes a picture. */
export function isMarkedCaption(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length > 260) return false;
  return CAPTION_FIRST.test(trimmed) || (trimmed.length <= 220 && CREDIT_INSIDE.test(trimmed));
}

/** Returns whether a block that stands beside a credit may describe the picture: one or two short, complete sentences. */
export function mayBeCaption(text: string): boolean {
  const trimmed = text.trim();
  const sentences = trimmed.match(/[。！？]/g)?.length ?? 0;
  if (trimmed.length < 8 || trimmed.length > 110 || sentences > 2) return false;
  if (!endsSentence(trimmed) && trimmed.length > 36) return false;
  return /在.{2,40}[。]?$|图|现场|一角|外景|俯瞰|鸟瞰|夜景|掠影|场景|正在|工作人员|工人|展示|参观/.test(
    trimmed,
  );
}

/** Piece length for comparing a boxed quotation with the running text. */
const SHINGLE = 5;

/**
 * Returns the numbers of the blocks that repeat a passage standing elsewhere on the page, with the
 * name lines below them: quotations set again in a box.
 */
export function pullQuotes(
  blocks: readonly Block[],
  kindAt: (index: number) => 'text' | 'heading' | 'other',
): Set<number> {
  const characters = blocks.map((block) => lettersOf(block.text));
  const owners = new Map<string, Set<number>>();
  for (const [index, text] of characters.entries()) {
    for (const piece of shingles(text)) {
      const holders = owners.get(piece) ?? new Set<number>();
      if (holders.size < 8) holders.add(index);
      owners.set(piece, holders);
    }
  }
  const quotes = new Set<number>();
  for (const [index, text] of characters.entries()) {
    if (text.length < 16 || text.length > 300) continue;
    const pieces = shingles(text);
    const sharedWith = new Map<number, number>();
    for (const holder of pieces.flatMap((piece) => [...(owners.get(piece) ?? [])])) {
      if (holder !== index && !quotes.has(holder))
        sharedWith.set(holder, (sharedWith.get(holder) ?? 0) + 1);
    }
    const most = Math.max(0, ...sharedWith.values());
    const next = blocks[index + 1];
    const attributed = next !== undefined && kindAt(index + 1) === 'heading' && isAttribution(next);
    const longer = [...sharedWith].some(
      ([holder, shared]) => shared >= most * 0.9 && characters[holder]!.length >= text.length,
    );
    if (most < pieces.length * (attributed ? 0.6 : 0.85) || !longer) continue;
    // A headline's words often come again in the lead; a box of that length names the speaker.
    if (!attributed && kindAt(index) !== 'text') continue;
    const head = text.slice(0, SHINGLE + 1).join('');
    if (![...sharedWith.keys()].some((holder) => beginsClause(head, blocks[holder]!.text)))
      continue;
    quotes.add(index);
    if (attributed) quotes.add(index + 1);
  }
  return quotes;
}

/** A boxed quotation begins where a clause begins; a sentence that happens to come twice may be cut anywhere. */
function beginsClause(head: string, holder: string): boolean {
  const text = modelCharacters(holder).join('');
  const at = text.indexOf(head);
  return at <= 0 || /[^\p{L}\p{N}]/u.test(text[at - 1]!);
}

function lettersOf(text: string): string[] {
  return modelCharacters(text).filter((character) => /[\p{L}\p{N}]/u.test(character));
}

/** What a speaker is, at a line's end; a sub-headline begins with a dash as well. */
const SPEAKER =
  /(?:书记|主任|主席|院士|院长|所长|教授|专家|学者|研究员|工程师|总裁|总监|经理|董事长|创始人|负责人|局长|市长|区长|部长|处长|科长|会长|秘书长|理事长|委员|代表|员工|职工|居民|村民|市民|企业主|厂长|校长|人士)$/;

/** A name and what the person is: `许某某` over `某院院士`. */
function isAttribution(block: Block): boolean {
  if (block.text.length > 50 || endsSentence(block.text)) return false;
  const [first, second] = block.text.replace(/^[—\-–\s]+/, '').split(/\s+/);
  return (
    areNames(block.lines[0]!.text.replace(/^[—\-–\s]+/, '')) ||
    (second !== undefined && areNames(first!)) ||
    (/^——/.test(block.text) && SPEAKER.test(block.text))
  );
}

function shingles(text: readonly string[]): string[] {
  return text.slice(SHINGLE - 1).map((_, at) => text.slice(at, at + SHINGLE).join(''));
}
