import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** What every answer tells the browser not to do. */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // With no referrer at all a form of our own would come from the origin `null`.
    referrerPolicy: { policy: 'same-origin' },
    // The service speaks plain HTTP on loopback; whoever puts TLS before it sets this there.
    strictTransportSecurity: false,
  });
}
