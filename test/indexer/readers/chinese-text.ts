import fc from 'fast-check';

/** Written for these tests, in simplified and traditional characters. */
const SIMPLIFIED =
  '本报讯记者从高新区管委会了解到，今年以来园区新增企业一百二十家，其中高新技术企业占六成。' +
  '园区建成孵化器和中试平台，为企业提供检测、融资和人才服务；科研院所的成果在这里落地，产值同比增长百分之八。' +
  '负责人说：“我们要把营商环境做得更好，让企业少跑路、办成事。”下一步，园区将扩大开放，加快绿色转型，建设新的实验室。';
const TRADITIONAL =
  '本報訊記者從高新區管委會瞭解到，今年以來園區新增企業一百二十家，其中高新技術企業占六成。' +
  '園區建成孵化器和中試平臺，為企業提供檢測、融資和人才服務；科研院所的成果在這裡落地，產值同比增長百分之八。' +
  '負責人說：「我們要把營商環境做得更好，讓企業少跑路、辦成事。」下一步，園區將擴大開放，加快綠色轉型，建設新的實驗室。';

/** Chinese text of 50 to 400 characters, any characters of news prose in any order, with some ASCII. */
export function chineseText(script: 'simplified' | 'traditional'): fc.Arbitrary<string> {
  const letters = Array.from(script === 'simplified' ? SIMPLIFIED : TRADITIONAL);
  return fc
    .array(
      fc.oneof(
        { weight: 20, arbitrary: fc.constantFrom(...letters) },
        { weight: 1, arbitrary: fc.constantFrom('2025', '8.5%', '\n', ' ', 'AI', '5G') },
      ),
      { minLength: 60, maxLength: 400 },
    )
    .map((parts) => parts.join(''))
    .filter((text) => text.replace(/[\0-\x7f]/g, '').length >= 50);
}
