/** The kinds of ports that programs have. */
type PortKind = "x" | "y" | "scale" | "output" | "labels" | "loss" | "counts" | "mask";

/** The names where there is one port: looked up in every step, and so written down. */
const ONE: Readonly<Record<PortKind, readonly string[]>> = {
  x: ["x/0"],
  y: ["y/0"],
  scale: ["scale/0"],
  output: ["output/0"],
  labels: ["labels/0"],
  loss: ["loss/0"],
  counts: ["counts/0"],
  mask: ["mask/0"],
};

/** What programs call the ports of a kind: `x/0`, `x/1`. */
export function namePorts(kind: PortKind, count: number): readonly string[] {
  return count === 1 ? ONE[kind] : Array.from({ length: count }, (_, i) => `${kind}/${i}`);
}
