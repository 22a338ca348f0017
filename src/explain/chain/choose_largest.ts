/** A number in a list of lists. */
export interface Place {
  readonly list: number;
  readonly index: number;
}

/** The places of the `most` largest numbers of all lists, by size, in their order; of all, where there are no more. */
export function chooseLargest(lists: readonly ArrayLike<number>[], most: number): Place[] {
  const chosen: (Place & { readonly size: number })[] = [];
  lists.forEach((values, list) => {
    for (let index = 0; index < values.length; index++) {
      const size = Math.abs(values[index]);
      if (chosen.length === most && !(size > chosen[most - 1].size)) continue;
      let at = chosen.length;
      while (at > 0 && size > chosen[at - 1].size) at--;
      chosen.splice(at, 0, { list, index, size });
      if (chosen.length > most) chosen.pop();
    }
  });
  return chosen.sort((a, b) => a.list - b.list || a.index - b.index);
}
