// A plug-in's options as a form, made from their declarations; the rare ones stand under More.
import { Fragment, useId, useState } from 'react';
import type { OptionField } from '../../contract/options.ts';
import type { CheckIssue } from '../../contract/verbs.ts';
import { Icon } from '../kit/Icon.tsx';
import { formWords } from './form-words.en.ts';
import { Field } from './Field.tsx';
import { issuesAt } from './issues.ts';
import type { PanelPlace } from './panels.ts';
import { isMet, isSameValue, showValue } from './show-value.ts';
import styles from './form.module.css';

interface OptionFormProps {
  fields: readonly OptionField[];
  /** What the plan holds; missing ones stand at `base`. */
  values: Readonly<Record<string, unknown>>;
  /** What an untouched option is: the preset's, the proposal's, else its default. */
  base: Readonly<Record<string, unknown>>;
  /** undefined takes the option out of the plan. */
  onChange: (id: string, value: unknown, part?: string) => void;
  /** Where the options stand in the config: `outputs.0.format.options`. */
  path: string;
  issues: readonly CheckIssue[];
  /** Why an option is what it is, by option id; stands beside its help. */
  reasons?: ReadonlyMap<string, string>;
  /** What an option does to this data, by option id. */
  effects?: ReadonlyMap<string, string>;
  onRemedy?: (issue: CheckIssue) => void;
  onUndo?: () => void;
  isStacked?: boolean;
  /** Id of the plug-in; where it is given, secrets are typed here, which the plan holds only names of. */
  owner?: string;
  /** `base` was found in the data: any choice, even the same value, can be given back to the finding. */
  isProposed?: boolean;
  /** Where the options belong to, for forms of the plug-in's own. */
  panel?: PanelPlace;
}

export function OptionForm(props: OptionFormProps) {
  const { fields, values, base, isStacked } = props;
  const [isOpen, setOpen] = useState(false);
  const moreId = useId();
  const valueOf = (field: OptionField): unknown => optionValue(field, values, base);
  const shown = fields.filter((field) => isShown(field, fields, valueOf));
  const common = shown.filter((field) => !field.advanced);
  const rare = shown.filter((field) => field.advanced);
  const changed = rare.filter((field) => isChanged(field, values, base));
  const hasWrong = rare.some((field) => issuesAt(props.issues, `${props.path}.${field.id}`).length);
  // It stays open when what was wrong is settled: someone is at work in it.
  if (hasWrong && !isOpen) setOpen(true);
  const isMoreShown = isOpen || hasWrong;
  const row = (field: OptionField) => <FormRow key={field.id} field={field} {...props} />;
  return (
    <div className={isStacked ? styles.stacked : undefined}>
      {common.map(row)}
      {rare.length === 0 ? null : (
        <>
          <button
            type="button"
            className={styles.more}
            aria-expanded={isMoreShown}
            aria-controls={moreId}
            onClick={() => setOpen(!isMoreShown)}
          >
            <Icon name="chevron" />
            {formWords.more}
            <span>
              {changed.length > 0
                ? formWords.changed(changed.length)
                : rare.map((field) => field.title).join(', ')}
            </span>
          </button>
          <div id={moreId} hidden={!isMoreShown}>
            {isMoreShown
              ? rare.map((field, i) => (
                  <Fragment key={field.id}>
                    {field.section !== undefined && field.section !== rare[i - 1]?.section ? (
                      <h4 className={styles.section}>{field.section}</h4>
                    ) : null}
                    {row(field)}
                  </Fragment>
                ))
              : null}
          </div>
        </>
      )}
    </div>
  );
}

function FormRow({
  field,
  values,
  base,
  onChange,
  path,
  issues,
  reasons,
  effects,
  onRemedy,
  onUndo,
  isProposed,
  owner,
  panel,
}: OptionFormProps & { field: OptionField }) {
  const isBack = isProposed ? Object.hasOwn(values, field.id) : isChanged(field, values, base);
  const words = isProposed ? formWords.whatIsFound : showValue(field, optionValue(field, {}, base));
  return (
    <Field
      field={field}
      value={optionValue(field, values, base)}
      options={{ ...base, ...values }}
      reason={isBack ? undefined : reasons?.get(field.id)}
      issues={issuesAt(issues, `${path}.${field.id}`)}
      effect={effects?.get(field.id)}
      back={isBack ? words : undefined}
      onRemedy={onRemedy}
      onUndo={onUndo}
      owner={owner}
      panel={panel}
      onBack={() =>
        onChange(
          field.id,
          Object.hasOwn(base, field.id) && !isProposed ? base[field.id] : undefined,
        )
      }
      onChange={(value, part) => onChange(field.id, value, part)}
    />
  );
}

function optionValue(
  field: OptionField,
  values: Readonly<Record<string, unknown>>,
  base: Readonly<Record<string, unknown>>,
): unknown {
  if (Object.hasOwn(values, field.id)) return values[field.id];
  return Object.hasOwn(base, field.id) ? base[field.id] : field.default;
}

/** Options of the plan that differ from what they would be untouched. */
export function changedFields(
  fields: readonly OptionField[],
  values: Readonly<Record<string, unknown>>,
  base: Readonly<Record<string, unknown>>,
): OptionField[] {
  return fields.filter((field) => isChanged(field, values, base));
}

function isChanged(
  field: OptionField,
  values: Readonly<Record<string, unknown>>,
  base: Readonly<Record<string, unknown>>,
): boolean {
  return (
    Object.hasOwn(values, field.id) && !isSameValue(values[field.id], optionValue(field, {}, base))
  );
}

/** Whether the options that a field depends on are so. */
export function isShown(
  field: OptionField,
  fields: readonly OptionField[],
  valueOf: (field: OptionField) => unknown,
): boolean {
  const { showIf } = field;
  const other = fields.find((each) => each.id === showIf?.option);
  return showIf === undefined || other === undefined || isMet(showIf, valueOf(other));
}
