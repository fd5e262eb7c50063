import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * What axe-core calls serious or critical on the page as it stands, one line a finding with the places;
 * empty when there is nothing. By all of its rules or by these alone.
 */
export async function seriousFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Not a script element: the page's own policy would rightly refuse it.
  await page.evaluate(axe.source);
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html).join(' | ')})`);
}
