/** What secrets look like, and the hosts that packages come from. */
const PATTERNS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'private key', pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY/ },
  { what: 'AWS access key', pattern: /\bAKIA[A-Z0-9]{16}\b/ },
  { what: 'GitHub token', pattern: /\b(?:gh[pousr]_\w{36}|github_pat_\w{40})/ },
  { what: 'Slack token', pattern: /\bxox[abprs]-[\w-]{10}/ },
  { what: 'npm token', pattern: /\bnpm_[A-Za-z0-9]{36}/ },
  { what: 'npm login', pattern: /_authToken\s?=/ },
  {
    what: 'key, token or password',
    pattern:
      /(?:key|token|secret|password)["']?\s{0,3}[:=]\s{0,3}["']?(?:[0-9a-f]{32}|(?=\S*\d)(?=\S*[A-Z])[A-Za-z0-9+/_-]{32})/i,
  },
  { what: 'bearer token', pattern: /Bearer (?:[0-9a-f]{32}|eyJ\w{10})/ },
  // Tests of addresses with a login say `secret`.
  {
    what: 'address with a password',
    pattern: /:\/\/[\w.-]{1,40}:(?!secret@|password@)[^\s@/'"`$…]{6,60}@[\w-]{1,60}\./,
  },
  {
    what: 'registry host',
    pattern:
      /\b(?:registry|npm|npmmirror)\.[\w-]{1,60}\.(?:org|com|net|cn|io|dev)\b|\bnpmjs\.(?:org|com)\b|\bnpmmirror\.com\b/,
  },
];

/** What a text holds that no tracked file should, each with its line. */
export function leaksIn(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, at) =>
      PATTERNS.filter(({ pattern }) => pattern.test(line)).map(
        ({ what }) => `${what}, line ${at + 1}`,
      ),
    );
}
