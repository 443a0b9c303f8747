import { useId } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface FieldFrame {
  readonly label: string;
  readonly hint?: ReactNode;
  /** Says what is wrong; also marks the control as invalid. */
  readonly error?: string | null;
  /** The label is read out, not shown. */
  readonly isLabelHidden?: boolean;
}

interface FieldIds {
  readonly control: {
    readonly id: string;
    readonly 'aria-describedby': string | undefined;
    readonly 'aria-invalid': true | undefined;
  };
  readonly noteId: string;
}

function Field({
  label,
  hint,
  error,
  isLabelHidden = false,
  render,
}: FieldFrame & { readonly render: (ids: FieldIds) => ReactNode }) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className="field">
      <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : 'field-label'}>
        {label}
      </label>
      {render({
        noteId,
        control: {
          id,
          'aria-describedby': note ? noteId : undefined,
          'aria-invalid': error ? true : undefined,
        },
      })}
      {note && (
        <p id={noteId} className={classNames('field-note', error && 'field-error')}>
          {note}
        </p>
      )}
    </div>
  );
}

export type TextFieldProps = FieldFrame & Omit<ComponentProps<'input'>, 'id'>;

export function TextField({ label, hint, error, isLabelHidden, className, ...input }: TextFieldProps) {
  const frame = fieldFrame({ label, hint, error, isLabelHidden });
  return (
    <Field
      {...frame}
      render={({ control }) => (
        <input type="text" {...input} {...control} className={classNames('input', className)} />
      )}
    />
  );
}

export type SelectFieldProps<Value extends string> = FieldFrame & {
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  onValue(value: Value): void;
};

/** The system's own select: by keyboard, by touch and by voice it works as people know it. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { value, options, onValue } = props;
  return (
    <Field
      {...fieldFrame(props)}
      render={({ control }) => (
        <select
          {...control}
          className="input select"
          value={value}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen) onValue(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    />
  );
}

/** Leaves out what was not given, as exact optional properties ask for. */
function fieldFrame(given: {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | null | undefined;
  readonly isLabelHidden?: boolean | undefined;
}): FieldFrame {
  const { label, hint, error = null, isLabelHidden = false } = given;
  return { label, hint, error, isLabelHidden };
}
