/** Los títulos de las escenas de la clase y qué mirar en cada una. */
export const es: Readonly<Record<string, readonly [title: string, words: string]>> = {
  worked_example: [
    "El ejemplo resuelto",
    "Recorra hacia delante, coste, hacia atrás y sustituir, y pulse una línea: ahí están todos los números de la diapositiva.",
  ],
  xor_7: ["XOR, 7 neuronas ocultas", "Entrene 200 épocas: siete neuronas doblan el plano con facilidad."],
  xor_6: ["XOR, 6 neuronas ocultas", "Una neurona menos, y la frontera todavía encuentra su camino."],
  xor_5: ["XOR, 5 neuronas ocultas", "Cinco bastan. Mire qué neuronas hacen el trabajo."],
  xor_4: ["XOR, 4 neuronas ocultas", "Cuatro: compare los mapas de las neuronas con la respuesta."],
  xor_3: ["XOR, 3 neuronas ocultas", "Tres lo logran casi siempre."],
  xor_2: ["XOR, 2 neuronas ocultas", "Dos pueden, pero depende de la semilla: pruebe la siguiente."],
  xor_plateau: [
    "XOR: una meseta",
    "Todas las respuestas son ½ y el coste es ln 2: un punto de silla. Al final sale de él: tenga paciencia.",
  ],
  xor_valley: [
    "XOR: un mínimo local",
    "Dos puntos son correctos y dos se quedan en ½: el coste es ½·ln 2 y no hay camino hacia abajo.",
  ],
  rate_0_1: ["Tasa 0,1: demasiado pequeña", "Tras 200 épocas apenas ha pasado nada."],
  rate_4_5: ["Tasa 4,5: buena", "El coste baja rápido y tranquilo."],
  rate_9: ["Tasa 9: en el límite", "El coste salta al principio y luego se calma."],
  rate_18: ["Tasa 18: demasiado grande", "El coste sube y baja, y no se calma."],
  rate_25: [
    "Tasa 25: ¿por qué no aprende?",
    "Cada paso se pasa de largo; las neuronas acaban saturadas. Lea el diagnóstico.",
  ],
  gradient_descent: ["Descenso de gradiente", "Un paso por época, con el gradiente de todas las muestras."],
  stochastic: ["Descenso estocástico", "Una muestra por paso: el camino es ruidoso, pero hay muchos pasos por época."],
  momentum: ["Momento", "Cada paso conserva nueve décimas del anterior."],
  nesterov: ["Nesterov, mirar adelante", "El gradiente se toma allí adonde lleva el momento."],
  rmsprop: ["RMSprop, tasas propias", "Cada peso tiene su propia tasa, según el tamaño de sus gradientes."],
  adam: ["Adam, las dos ideas", "Momento y una tasa para cada peso."],
  without_gradients: ["Sin gradientes", "CMA-ES prueba miembros de una población: no hay paso hacia atrás."],
  vanishing: [
    "Desvanecimiento del gradiente",
    "Diez capas sigmoides: mire el flujo del gradiente. A la primera capa no le llega casi nada.",
  ],
  exploding: ["Explosión del gradiente", "Los pesos iniciales son demasiado grandes: la señal crece en cada capa."],
  dead_relu: ["Neuronas muertas", "Todas las neuronas ocultas responden 0 a cada muestra, y no pasa ningún gradiente."],
  linear_stack: ["Una pila de capas lineales", "Dos capas lineales son una sola: XOR no se puede aprender."],
  symmetric: [
    "Comienzos iguales",
    "Todas las neuronas empiezan iguales, reciben gradientes iguales y siguen siendo una sola.",
  ],
  overfitting: ["Sobreajuste", "El coste de entrenamiento baja y el de prueba sube: aprende el ruido de memoria."],
  dropout: ["Dropout y penalización L2", "Los mismos datos con dropout y L2: las dos curvas siguen juntas."],
  spiral: ["Espiral", "Dos capas de ocho neuronas se enroscan una en otra."],
  iris: ["Iris: tres clases", "El largo y el ancho del pétalo distinguen las tres especies."],
  waves: ["Ondas: valores en vez de clases", "Salida lineal y error cuadrático medio."],
};

/** Los capítulos de las escenas. */
export const esChapters: Readonly<Record<string, string>> = {
  backpropagation: "Retropropagación",
  neurons: "¿Cuántas neuronas?",
  rates: "Tasas de aprendizaje",
  optimizers: "Optimizadores",
  gradients: "Gradientes que se pierden",
  generalization: "Generalización",
};
