import type { Translation } from "../../drawing/language.ts";
import type { enChain } from "./en_chain.ts";

/** What explanations of the chain rule say, in Spanish. */
export const esChain: Translation<typeof enChain> = {
  onePath: () => "un camino lleva de él a la función de coste:",
  paths: (count) => `${count} caminos llevan de él a la función de coste:`,
  noPath: () => "ningún camino lleva de él a la función de coste; no recibe gradiente",
  sumOverSamples: (samples) => `la suma sobre ${samples} muestras; primero las que más cuentan:`,
  manyPaths: (most) =>
    `más de ${most} caminos llevan de él a la función de coste; capa a capa, por los términos mayores:`,
  sample: (number) => `muestra ${number}`,
  penalty: () => "penalización del peso",
  more: (count) => `${count} más`,
  moreSamples: (count, sum) => `y ${count} más: ${sum}`,
  kernelGradient: (gradient) => `el gradiente del kernel: ${gradient}`,
  differs: (difference) => `la suma difiere del gradiente del kernel en ${difference}`,
  fused: () => "se calculan juntos, porque los factores pueden desbordarse:",
  path: (number) => `camino ${number}`,
  chainOf: (weight) => `la regla de la cadena para ${weight}`,
  network: () => "pasada hacia delante y hacia atrás",
  samples: (count) => count === 1 ? "1 muestra" : `${count} muestras`,
  shownSample: (number, count) => `z, a y sus derivadas son las de la muestra ${number} de ${count}`,
  loss: (name, value) => `función de coste ${name}: E = ${value}`,
  input: () => "entrada",
  target: () => "objetivo",
  weight: () => "peso",
  gradient: () => "gradiente ∂E/∂w",
  moreUnits: (count) => `y ${count} más`,
  forward: () => "hacia delante",
  backward: () => "hacia atrás",
  step: (optimizer, rate) => `un paso de ${optimizer}, tasa de aprendizaje ${rate}`,
  stepOrder: () => "Primero todos los gradientes; después se sustituyen todos los pesos a la vez:",
  old: () => "antes",
  update: () => "cambio",
  new: () => "después",
  replaced: (count) => `${count} pesos sustituidos a la vez`,
};
