// 几 alone is also in 几内亚 and in 几个重大关系, which asks nothing.
const ASKING =
  /[？?]|什么|甚么|哪|多少|多大|多久|多长|如何|怎么|怎样|谁|何时|何地|为何|为什么|是否|能否|请问|[第有共]几|[吗呢]$/u;

/** Whether a text reads like a question: 哪些园区获批了？ */
export function asksSomething(text: string): boolean {
  return ASKING.test(text);
}
