type QuotaCode = 'too-many-saved-searches' | 'too-many-webhooks';

/** As many as one client, or all together, may have are there; the message names limit and remedy, in Chinese. */
export class QuotaError extends Error {
  override readonly name = 'QuotaError';
  readonly code: QuotaCode;

  constructor(code: QuotaCode, message: string) {
    super(message);
    this.code = code;
  }
}
