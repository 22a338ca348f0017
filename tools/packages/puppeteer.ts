/** Drives Chromium in tests. @module */
export { default, type ElementHandle, type Page } from "npm:puppeteer-core@24.43.1";
