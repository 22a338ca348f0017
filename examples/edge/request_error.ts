/** A request that is refused: the status, the field, the rule that it breaks and what was found. All of it goes to the client. */
export class RequestError extends Error {
  override name = "RequestError";

  constructor(
    /** The HTTP status, 400 to 499. */
    readonly status: number,
    /** Where the mistake is: `body`, `content-type`, `x[1][2]`, … */
    readonly field: string,
    /** The rule: "must be …". */
    readonly rule: string,
    /** What was found, as a short text. */
    readonly found: string,
  ) {
    super(`${field} ${rule}, got ${found}`);
  }
}
