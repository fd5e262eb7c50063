import type { Request } from 'express';

/** The site's own address, without a trailing slash: as configured, or as the client called it. */
export function publicAddress(request: Request, publicUrl: string | undefined): string {
  return publicUrl ?? `${request.protocol}://${request.get('host') ?? 'localhost'}`;
}
