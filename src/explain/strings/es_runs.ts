import type { Translation } from "../../drawing/language.ts";
import type { en } from "./en_runs.ts";

/** What is said of many trainings beside each other, in Spanish. */
export const es: Translation<typeof en> = {
  rate: () => "tasa",
  verdict: () => "veredicto",
  solvedShare: () => "resuelto",
  loss: () => "coste",
  rises: () => "subidas",
  swing: () => "oscilación",
  update: () => "cambio",
  curves: () => "coste de cada semilla",
  curvesTitle: (rate, loss) => `coste con tasa ${rate}: termina en ${loss}`,
  too_small: () => "demasiado pequeña",
  good: () => "buena",
  too_large: () => "demasiado grande",
  diverges: () => "diverge",
  unclear: () => "no es solo la tasa",
  trainedFor: (epochs, seeds, baseline) =>
    `${epochs} épocas, ${seeds} semillas; responder siempre la media de las etiquetas tiene coste ${baseline}`,
  noSuggestion: () => "2/λmax es una tasa para probar solo con descenso de gradiente sin momento",
  seriesName: () => "Neuronas ocultas y tasas de aprendizaje",
  seriesTitle: (epochs, seeds) => `tras ${epochs} épocas: parte de ${seeds} semillas que resuelven la tarea`,
  seriesLegend: (high) =>
    `Curvas: coste de cada semilla, de 0 a ${high} y más. Mapas: respuestas de la primera semilla, azul 0, naranja 1, ` +
    "línea en 0.5; círculos: etiqueta 0, triángulos: etiqueta 1.",
  hidden: (size) => `${size} ocultas`,
  boundaryTitle: (size, rate) => `respuestas con ${size} ocultas, tasa ${rate}`,
  solvedBy: (percent) => `${percent} resuelto`,
  suggested: (rate) => `una buena tasa de aprendizaje para probar es 2/λmax = ${rate}`,
  planeTitle: () => "coste sobre un plano de los pesos",
  planePrincipal: (both, first, second) =>
    `el plano muestra el ${both} % de lo que difieren los puntos de los caminos (${first} % + ${second} %)`,
  planeRandom: () => "el plano de dos direcciones aleatorias, normalizadas por filtro, por los pesos del modelo",
  planeHessian: (largest, smallest) =>
    `el plano de la curva más pronunciada (λmax ${largest}) y la que menos se curva (λmin ${smallest}) en los pesos del modelo`,
  planeModel: (loss) => `el modelo tiene coste ${loss}`,
  planePath: (label, from, to, distance, gap) =>
    `${label}: coste ${from} → ${to}; hasta ${distance} fuera del plano, donde su coste se aparta hasta ${gap} del mapa`,
  planeMarks: () => "los puntos tienen el color de su coste verdadero; el más grande es el final",
  direction: (name) => `dirección ${name}`,
};
