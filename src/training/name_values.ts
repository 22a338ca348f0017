/** What programs call the values of a composed metric of an output. */
export function nameValues(output: string, metric: string): string {
  return `${output}/${metric}`;
}
