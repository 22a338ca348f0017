/** The compiler of AssemblyScript. @module */
export * from "npm:assemblyscript@0.28.20/asc";
export { default } from "npm:assemblyscript@0.28.20/asc";
