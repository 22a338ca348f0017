/** What programs call the ports of a kind: `x/0`, `x/1`. */
export function namePorts(kind: "x" | "y" | "scale" | "output" | "loss", count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `${kind}/${i}`);
}
