import type { Translation } from "../../drawing/language.ts";
import type { enWatch } from "./en_watch.ts";

/** Las palabras de lo que muestra `watch`. */
export const esWatch: Translation<typeof enWatch> = {
  nothing: () => "Todavía no se observó nada: pase watch() a fit, entre sus callbacks.",
  title: (epochs, samples) =>
    `Capas durante ${epochs} ${epochs === 1 ? "época" : "épocas"}, con una sonda de ${samples} ${
      samples === 1 ? "muestra" : "muestras"
    }`,
  loss: (first, last) => `Coste de la sonda: ${first} → ${last}.`,
  attenuation: (share, first, last) => `∂E/∂z en ${first} es ${share} veces el de ${last}.`,
  flow: () => "‖∂E/∂w‖ por capa",
  epoch: () => "época",
  last: (epoch) => `Tras la época ${epoch}`,
  first: () => "Antes del primer paso",
  layer: () => "capa",
  gradient: () => "‖∂E/∂w‖",
  slope: () => "∂E/∂z",
  values: () => "z: media ± de",
  update: () => "‖Δw‖/‖w‖",
  frozen: () => "congelados",
  saturated: () => "saturadas",
  dead: () => "muertas",
};
