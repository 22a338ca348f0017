/** The script and the style of a report's page. */
export interface ReportPage {
  readonly script: string;
  readonly style: string;
}

/**
 * Loads the script and the style of a report's page, with the plotting library in it (about 270 kB of text), when it is called
 * and not before. Without a search nobody pays for it.
 */
export async function loadReportPage(): Promise<ReportPage> {
  const { script, style } = await import("../../../dist/report_page.js");
  return { script, style };
}
