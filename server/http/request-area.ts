/** Parts of the site, by the beginning of the path; the first that fits counts. */
const AREAS = [
  '/api/search',
  '/api/suggest',
  '/api/export',
  '/api/saved-searches',
  '/api',
  '/search',
  '/articles',
  '/parks',
  '/compare',
  '/saved',
  '/s',
  '/help',
  '/admin',
  '/assets',
  '/healthz',
  '/readyz',
  '/metrics',
] as const;

/** The part of the site that a path belongs to, from a closed list: `/articles/x` → `/articles`. */
export function areaOf(path: string): string {
  if (path === '/') return '/';
  return AREAS.find((area) => path === area || path.startsWith(`${area}/`)) ?? 'other';
}
