/** A parser of JavaScript. @module */
export { parse } from "npm:acorn@8.14.0";
