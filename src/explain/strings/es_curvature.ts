import type { Translation } from "../../drawing/language.ts";
import type { en } from "./en_curvature.ts";

/** What is said of curvature, rates and traps, in Spanish. */
export const es: Translation<typeof en> = {
  sharpness: (lambda, weights, loss) => `λmax de la hessiana es ${lambda} (${weights} pesos, coste ${loss})`,
  lowest: (lambda) => `λmin es ${lambda}`,
  negative: (count, all) => `${count} de ${all} autovalores son menores que 0`,
  stable: (rate, product, edge) =>
    `tasa ${rate}: η·λmax = ${product}; los pasos con todos los datos son estables por debajo de ${edge}`,
  suggested: (rate) => `una buena tasa de aprendizaje para probar es 2/λmax = ${rate}`,
  otherOptimizer: (optimizer) =>
    `η·λmax solo dice algo del descenso de gradiente, simple o con momento; «${optimizer}» da otros pasos`,
  flat: () => "la función de coste no se curva hacia arriba en ninguna dirección: no hay 2/λmax",
};
