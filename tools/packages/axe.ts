/** Looks for what bars people from a page, in tests: the text of the script that runs in the page. @module */
import axe from "npm:axe-core@4.14.1";

/** The script: it makes `axe` in the page. */
export const axeSource: string = axe.source;
