import type { Request } from 'express';

/** The token that a request carries: as the password of a login, under any name, or as a bearer token. */
export function givenToken(request: Request): string | undefined {
  const [, scheme, value = ''] =
    /^(Basic|Bearer) (\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
  if (scheme === undefined) return undefined;
  if (scheme.toLowerCase() === 'bearer') return value;
  return Buffer.from(value, 'base64')
    .toString()
    .replace(/^[^:]*:/, '');
}
