/** The first Meilisearch with everything we set: prefix search can be switched off since 1.12. */
export const OLDEST_VERSION = '1.12.0';

/** Whether `version` (`1.21.0`) is at least {@link OLDEST_VERSION}. */
export function isSupportedVersion(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_VERSION.split('.').map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
