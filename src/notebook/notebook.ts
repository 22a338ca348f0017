/**
 * What draws in notebooks: dist/notebook.js, which the library imports when something is shown, and not before.
 *
 * @module
 */
export { LiveFit } from "./live_fit.ts";
export { showHistory } from "./show_history.ts";
export { showModel } from "./show_model.ts";
export { showSearch } from "./show_search.ts";
