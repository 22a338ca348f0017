/** Makes one declaration file of a module and all it imports. @module */
import "npm:typescript@5.9.3"; // the bundler takes the compiler that is there
export { generateDtsBundle } from "npm:dts-bundle-generator@9.5.1";
