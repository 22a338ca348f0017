// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h } from "../../../packages/preact.ts";
import type { OptionValue, OptionValues } from "../../configuration/configuration.ts";
import type { Field, Fields } from "../../configuration/field.ts";
import { words } from "../state/store.ts";

/** A field for a number that is taken over when it is valid. */
export function NumberInput({ id, label, value, field, onChange, isHidden = false }: {
  id: string;
  label: string;
  value: number | null;
  field: Extract<Field, { kind: "number" }>;
  onChange: (value: number | null) => void;
  /** Whether the label is for screen readers alone. */
  isHidden?: boolean;
}) {
  const read = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    const number = Number(input.value);
    const isEmpty = input.value.trim() === "";
    const isRight = isEmpty ? field.isOptional === true : Number.isFinite(number) && number >= field.min &&
      number <= field.max && !(field.isAbove && number === field.min) &&
      !(field.isInteger && !Number.isInteger(number));
    input.setAttribute("aria-invalid", String(!isRight));
    if (isRight && (isEmpty ? null : number) !== value) onChange(isEmpty ? null : number);
  };
  return (
    <label class="field" for={id}>
      <span class={isHidden ? "unseen" : ""}>{label}</span>
      <input
        id={id}
        type="number"
        inputMode="decimal"
        step={field.isInteger ? 1 : "any"}
        min={field.min}
        max={field.max}
        value={value ?? ""}
        placeholder={field.isOptional ? words.value.off : ""}
        onChange={read}
      />
    </label>
  );
}

/** A choice among names. */
export function Choice({ id, label, value, choices, names = {}, onChange, isHidden = false }: {
  id: string;
  label: string;
  value: string;
  choices: readonly string[];
  names?: Readonly<Record<string, string>>;
  onChange: (value: string) => void;
  isHidden?: boolean;
}) {
  return (
    <label class="field" for={id}>
      <span class={isHidden ? "unseen" : ""}>{label}</span>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {choices.map((each) => <option key={each} value={each} selected={each === value}>{names[each] ?? each}
        </option>)}
      </select>
    </label>
  );
}

/** A box to tick. */
export function Toggle({ id, label, value, onChange }: {
  id: string;
  label: string;
  value: boolean;
  onChange: (value: boolean) => void;
}) {
  return (
    <label class="toggle" for={id}>
      <input id={id} type="checkbox" checked={value} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}

/** Controls for all options of something. Names are those of the API, in every language. */
export function FieldForm({ id, fields, values, onChange }: {
  id: string;
  fields: Fields;
  values: OptionValues;
  onChange: (values: OptionValues) => void;
}) {
  const set = (name: string, value: OptionValue, field: Field) => {
    const { [name]: _, ...rest } = values;
    onChange(value === field.initial ? rest : { ...rest, [name]: value });
  };
  return (
    <div class="fields">
      {Object.entries(fields).map(([name, field]) => {
        const value = Object.hasOwn(values, name) ? values[name] : field.initial;
        const key = `${id}-${name}`;
        if (field.kind === "boolean") {
          return (
            <Toggle
              key={key}
              id={key}
              label={name}
              value={value === true}
              onChange={(next) => set(name, next, field)}
            />
          );
        }
        if (field.kind === "choice") {
          const { choices } = field;
          return (
            <Choice
              key={key}
              id={key}
              label={name}
              value={String(value)}
              choices={choices}
              onChange={(next) => set(name, next, field)}
            />
          );
        }
        return (
          <NumberInput
            key={key}
            id={key}
            label={name}
            value={value as number | null}
            field={field}
            onChange={(next) => set(name, next, field)}
          />
        );
      })}
    </div>
  );
}
