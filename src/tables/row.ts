/** What the rows of all tables have. A file of a room holds one factory and its row. */
export interface Row<Options extends object = object, Made = unknown> {
  /** Its name as a string and in saved files: Keras's, in snake_case. */
  readonly id: string;
  /** Other names that stand for it where a name is given. */
  readonly aliases: readonly string[];
  /** Makes it. Throws TypeError for unknown options or types, RangeError for values. */
  create(options?: Options): Made;
}
