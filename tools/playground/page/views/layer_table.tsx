// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
import { h } from "../../../packages/preact.ts";
import type { LayerValues } from "../../protocol.ts";
import { formatNumber } from "../parts/format.ts";
import { words } from "../state/store.ts";

/** z, a and the gradients of a layer's neurons; of several rows their mean. */
export function LayerTable({ title, layer }: { title: string; layer: LayerValues }) {
  const { units } = layer;
  const rows = layer.a.length / units;
  const mean = (values: Float32Array, unit: number): string => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += values[row * units + unit];
    return formatNumber(sum / rows);
  };
  const columns = ([["z", layer.z], ["a", layer.a], ["∂E/∂a", layer.da], ["∂E/∂z", layer.dz]] as const)
    .filter((column): column is [string, Float32Array] & typeof column => column[1] !== null);
  return (
    <table>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.value.unit}</th>
          {columns.map(([name]) => <th key={name} scope="col">{name}</th>)}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: units }, (_, unit) => (
          <tr key={unit}>
            <th scope="row">{unit + 1}</th>
            {columns.map(([name, values]) => <td key={name}>{mean(values, unit)}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
