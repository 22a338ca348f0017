/** The playground's page: elements, hooks and signals. @module */
export { type ComponentChildren, Fragment, h, type JSX, type Ref, render, type VNode } from "npm:preact@11.2.0";
export { useEffect, useLayoutEffect, useMemo, useRef, useState } from "npm:preact@11.2.0/hooks";
export { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "npm:@preact/signals@2.11.4";
