import type { Translation } from "../../drawing/language.ts";
import type { en } from "./en_curvature.ts";

/** What is said of curvature and traps, in Spanish. */
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
  solved: () => "resuelto",
  moving: () => "aún en movimiento",
  saddle: () => "un punto de silla",
  plateau: () => "una meseta",
  minimum: () => "un mínimo, al menos local",
  valley: () => "un valle",
  standsAt: (kind, loss, baseline) =>
    `${kind}: coste ${loss}; responder siempre la media de las etiquetas da ${baseline}`,
  evidence: (gradient, lambda, ways) => `|gradiente| ${gradient}, λmin ${lambda}, direcciones que bajan: ${ways}`,
  answers: (answers) => `respuestas: ${answers}`,
  halves: (halves, all, loss) =>
    `${halves} de ${all} respuestas son 0.5, las demás son correctas: el coste tiende a ${halves}/${all} · ln 2 = ${loss}`,
  allHalves: () => "todas las respuestas son 0.5: el coste es ln 2 = 0.693",
  saturated: (percent) => `el ${percent} % de las respuestas ocultas está donde la activación es plana`,
  solvedAdvice: () => "no hay nada de lo que escapar",
  movingAdvice: () => "el gradiente todavía baja: siga entrenando",
  saddleAdvice: () =>
    "hay un camino hacia abajo: el entrenamiento sale de aquí, aunque tarde miles de épocas; con momento, antes",
  plateauAdvice: () => "desde aquí ninguna dirección baja: empiece con otra semilla o con pesos más pequeños",
  minimumAdvice: () => "más épocas no cambian nada: más neuronas ocultas u otra semilla",
  valleyAdvice: () =>
    "solo se baja por el fondo, cada vez más despacio: empiece con otra semilla o con una neurona oculta más",
};
