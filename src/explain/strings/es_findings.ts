import { formatNumber } from "../../drawing/format_number.ts";
import type { Translation } from "../../drawing/language.ts";
import type { enFindings } from "./en_findings.ts";
import { percent } from "./percent.ts";

const n = (value: number): string => formatNumber(value);

/** What findings and remedies say, in Spanish. */
export const esFindings: Translation<typeof enFindings> = {
  labelsOutside: (from, to, activation, low, high, least) =>
    `Las etiquetas van de ${n(from)} a ${n(to)}, pero ${activation} solo puede responder ${
      Number.isFinite(low) ? n(low) : "−∞"
    } … ${Number.isFinite(high) ? n(high) : "∞"}: el coste no puede bajar de ${n(least)}.`,
  labelsLoss: (loss, activation) =>
    `La función de coste ${loss} espera probabilidades, y la activación de la salida es ${activation}, que responde con otros números.`,
  labelsTwice: (activation, loss) => `La salida tiene ${activation}, y ${loss} con fromLogits la aplica otra vez.`,
  labelsSquares: (activation) =>
    `Las etiquetas son clases, y el error cuadrático tras ${activation} tiene gradientes pequeños donde la respuesta es muy errónea.`,
  symmetricUnits: (equal, units, layer) =>
    `${
      equal === units ? `Las ${units}` : `${equal} de las ${units}`
    } unidades de la capa ${layer} empezaron iguales: reciben gradientes iguales y siguen siendo una sola unidad.`,
  linearStack: (layers, skill) =>
    `${layers} capas sin activación entre ellas son una sola capa lineal: su destreza aquí es ${n(skill)}.`,
  unscaledRatio: (most, least, ratio) =>
    `La columna ${most} de las entradas varía ${
      n(ratio)
    } veces más que la columna ${least}: pesos de un mismo tamaño no sirven para las dos.`,
  unscaledSpread: (column, sd) =>
    `La columna ${column} de las entradas tiene una desviación típica de ${
      n(sd)
    }; los pesos empiezan como si fuera cercana a 1.`,
  unscaledOffset: (column, mean, sd) =>
    `La columna ${column} de las entradas tiene media ${n(mean)} y desviación típica ${
      n(sd)
    }: apenas varía en torno a un número lejos de 0.`,
  explodingStart: (loss, guess) =>
    `El primer coste es ${n(loss)}, cuando adivinar da ${n(guess)}: los pesos iniciales son demasiado grandes.`,
  explodingGrowth: (growth, back, loss, guess) =>
    `La señal crece ×${n(growth)} en cada capa, y el gradiente ×${n(back)} en el camino de vuelta: el primer coste es ${
      n(loss)
    }, cuando adivinar da ${n(guess)}.`,
  deadStart: (layer) =>
    `Todas las unidades de la capa ${layer} responden 0 a cada muestra antes de entrenar: no pasa ningún gradiente, y no puede recuperarse sola.`,
  deadLater: (layer) =>
    `Todas las unidades de la capa ${layer} murieron durante el entrenamiento: responden 0 a cada muestra, y ya no pasa ningún gradiente.`,
  vanishing: (factor, layers, attenuation, frozen, layer) =>
    `Desvanecimiento del gradiente: cada capa deja pasar ${n(factor)} del gradiente; tras ${layers} capas queda ${
      n(attenuation)
    }${
      frozen === null || frozen < 0.01
        ? ""
        : `, y un paso deja como estaban el ${percent(frozen)} de los pesos de ${layer}`
    }.`,
  saturatedStart: (share, layer, activation) =>
    `El ${
      percent(share)
    } de las respuestas de la capa ${layer} está donde ${activation} es plana (pendiente menor del 5 % de la máxima) antes de entrenar.`,
  saturatedEnd: (share, layer, activation) =>
    `El ${
      percent(share)
    } de las respuestas de la capa ${layer} terminó donde ${activation} es plana (pendiente menor del 5 % de la máxima).`,
  rateLarge: (update, rises, loss, guess) =>
    `Un paso cambió pesos hasta en un ${percent(update)} de su tamaño; el coste subió en el ${
      percent(rises)
    } de las épocas y terminó en ${n(loss)}, cuando adivinar da ${n(guess)}.`,
  rateLargeEdge: (edge, rises, loss, guess) =>
    `Al empezar η·λmax es ${n(edge)}, y el límite está cerca de 2; el coste subió en el ${
      percent(rises)
    } de las épocas y terminó en ${n(loss)}, cuando adivinar da ${n(guess)}.`,
  rateCrash: (epoch, update) =>
    `Los valores dejaron de ser finitos en la época ${epoch}; un paso había cambiado pesos hasta en un ${
      percent(update)
    } de su tamaño.`,
  rateSmall: (update, epochs) =>
    `Cada paso cambia los pesos en un ${percent(update)} de su tamaño: es poco para ${epochs} épocas.`,
  rateSmallEdge: (edge, epochs) =>
    `η·λmax es ${n(edge)}, cuando el límite sería 2: los pasos son demasiado cortos para ${epochs} épocas.`,
  diverged: (first, last) => `El coste pasó de ${n(first)} a ${n(last)}.`,
  deadUnits: (share, layer) =>
    `El ${percent(share)} de las unidades de la capa ${layer} responde 0 a cada muestra: no aprenden.`,
  overfitting: (epoch, least, last, rows) =>
    `Sobreajuste: el coste de validación fue mínimo en la época ${epoch} (${n(least)}) y ahora es ${
      n(last)
    }, mientras el de entrenamiento seguía bajando${rows === null ? "" : ` (${rows} muestras de validación)`}.`,
  constantOutput: (answer) => `Sea cual sea la entrada, la respuesta es ${n(answer)}.`,
  notLearning: (skill, loss, guess) =>
    `Apenas es mejor que dar siempre la misma respuesta: coste ${n(loss)} cuando esta da ${n(guess)}, destreza ${
      n(skill)
    }. Ninguna regla dice por qué.`,
  trapSaddle: (loss, gradient, ways) =>
    `Está en un punto de silla: coste ${n(loss)}, |g| ${
      n(gradient)
    }, y la superficie aún baja (caminos: ${ways}). El entrenamiento sale de él, pero despacio.`,
  trapPlateau: (loss, gradient) =>
    `Está en una meseta: coste ${n(loss)}, |g| ${n(gradient)}, y todas las respuestas son iguales.`,
  trapValley: (loss, gradient, saturated) =>
    `Está en un valle o mínimo local del que el entrenamiento no sale: coste ${n(loss)}, |g| ${
      n(gradient)
    }, ninguna dirección baja, ${percent(saturated)} de las respuestas ocultas están saturadas.`,
  notYet: (skill, loss, guess) =>
    `Está en camino, pero despacio: el coste sigue bajando, ahora ${n(loss)}, cuando adivinar da ${
      n(guess)
    }; destreza ${n(skill)}. Ninguna regla dice por qué.`,
  useLinearOutput: () =>
    "Lo más probable es que ayude: ninguna activación en la última capa, pues el coste trae la suya.",
  useProbabilities: (activation) => `Lo más probable es que ayude: activación "${activation}" en la última capa.`,
  useLinearForNumbers: () =>
    "Lo más probable es que ayude: una última capa lineal con mean_squared_error, o etiquetas escaladas a lo que la activación responde.",
  useLoss: (loss) => `Puede ayudar: la función de coste ${loss}.`,
  useInitializer: () => "Lo más probable es que ayude: un inicializador aleatorio, glorot_uniform o he_normal.",
  useHiddenActivation: () => 'Lo más probable es que ayude: activación "tanh" o "relu" en las capas ocultas.',
  useNormalization: () =>
    "Lo más probable es que ayude: layers.normalization() como primera capa, adaptada a los datos.",
  useSmallerStart: () =>
    "Lo más probable es que ayude: pesos iniciales menores (glorot_uniform, tras relu he_normal); después, entradas escaladas, clipnorm: 1.",
  useZeroBias: () => "Lo más probable es que ayude: sesgos que empiezan en 0, y he_normal.",
  useReluAndHe: () =>
    'Lo más probable es que ayude: activación "relu" con he_normal, o tanh; después, menos capas, normalización por lotes.',
  useSmallerRate: (rate) =>
    `Lo más probable es que ayude: una tasa de aprendizaje menor${rate === null ? "" : `, pruebe ${n(rate)}`}.`,
  useSmallerRateOrScale: (rate) =>
    `Lo más probable es que ayude: una tasa de aprendizaje menor${
      rate === null ? "" : `, pruebe ${n(rate)}`
    }, o etiquetas escaladas.`,
  useLargerRate: (rate) =>
    `Lo más probable es que ayude: una tasa de aprendizaje mayor${
      rate === null ? "" : `, pruebe ${n(rate)}`
    }, o muchas más épocas.`,
  useLeakyRelu: () => 'Puede ayudar: activación "leaky_relu", o una tasa de aprendizaje menor.',
  useEarlyStopping: () => "Lo más probable es que ayude: parada temprana; después, L2, dropout, más datos.",
  seeCauses: () => "Así se ven otras causas: mire primero esas.",
  useMoreEpochs: () => "Puede ayudar: más épocas, momento, una tasa de aprendizaje mayor.",
  useAnotherSeed: () => "Lo más probable es que ayude: otra semilla, una unidad oculta más, momento o lotes menores.",
  useMore: () =>
    "Puede ayudar: más épocas, más unidades, otra tasa de aprendizaje; tryRemedies prueba algunos cambios.",
  learns: (skill) => `Aprende (destreza ${n(skill)}).`,
  fails: (skill) => `No aprende (destreza ${n(skill)}).`,
  crashed: (epoch) => `El entrenamiento se detuvo en la época ${epoch}: había valores que ya no eran finitos.`,
  nothing: () => "Ninguna regla encontró nada.",
  problem: () => "problema",
  note: () => "nota",
  remedy: () => "Remedio",
  evidence: () => "Evidencia",
  threshold: () => "Umbral",
  source: () => "Fuente",
  title: () => "Diagnóstico",
  skillMeans: () => "La destreza es 0 para la mejor respuesta constante y 1 para respuestas perfectas.",
  notSeen: (why) => `No se pudo rehacer lo que había antes del primer paso: ${why}`,
  tried: (epochs) => `Lo que hacen los cambios en ${epochs} épocas desde la misma semilla`,
  change: () => "cambio",
  asItWas: () => "como estaba",
  loss: () => "coste",
  skill: () => "destreza",
  failed: (why) => `falló: ${why}`,
};
