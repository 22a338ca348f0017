import type { ReportData } from "./report_data.ts";

/**
 * The page of a report: one HTML file that holds its data, its script and its style, and loads nothing.
 *
 * Nothing in the data can become HTML: it stands in the page as JSON with `<` escaped, and the script writes it as text.
 *
 * @param data What to show.
 * @param page The script that draws it and its style, as `loadReportPage` gives them.
 */
export function writeReport(data: ReportData, page: { readonly script: string; readonly style: string }): string {
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  const policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(data.title)}</title>
<style>
${page.style}</style>
</head>
<body>
<main id="report"><noscript>This page draws its charts with a script, which is switched off.</noscript></main>
<script type="application/json" id="data">${json}</script>
<script>
${page.script}</script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
