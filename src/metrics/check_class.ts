/**
 * Checks that a value read from a tensor is a class index, and returns it.
 *
 * @param id The metric, for the error.
 * @param value The value: a float that holds an integer.
 * @param classes How many classes there are.
 * @param row Its row in the batch, for the error.
 * @returns The value.
 * @throws {RangeError} `Cannot update confusion_matrix: labels must be class indices from 0 to 2, got 5 in row 7`.
 */
export function checkClass(id: string, value: number, classes: number, row: number): number {
  if (value >= 0 && value < classes && value === Math.floor(value)) return value;
  throw new RangeError(
    `Cannot update ${id}: labels must be class indices from 0 to ${
      classes - 1
    }, got ${value} in row ${row} of the batch`,
  );
}
