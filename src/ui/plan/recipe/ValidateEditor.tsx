// The rules rows are held against: by column, keys that come once, and conditions; each with how many sampled rows break it.
import { useRef, type ReactNode } from 'react';
import { isSameColumn } from '../../column-edits.ts';
import { OptionRow } from '../../form/OptionRow.tsx';
import { sentenceOf } from '../../form/issues.ts';
import { Button } from '../../kit/Button.tsx';
import { Icon } from '../../kit/Icon.tsx';
import { Select, TextInput } from '../../kit/fields.tsx';
import { typeWord } from '../../preview/TypeName.tsx';
import { filterProblemOf } from '../read-filter.ts';
import { Broken, useSampledRules, type SampledRules } from './Broken.tsx';
import { ColumnTags } from './ColumnSelect.tsx';
import { LinesEditor, type Line } from './LinesEditor.tsx';
import { RestForm } from './RestForm.tsx';
import { TextTags } from './TextTags.tsx';
import type { StepEditorProps } from './editor-props.ts';
import { recipeWords } from './messages.en.ts';
import { listOf, refOf, refsOf } from './option-values.ts';
import { TYPES } from './types-offered.ts';
import {
  boundOf,
  columnLines,
  conditions,
  firstValue,
  rulesOf,
  rulesOfType,
  uniqueKeys,
  type ColumnRule,
} from './validate-rules.ts';
import styles from './recipe.module.css';

const words = recipeWords.validate;

export function ValidateEditor(props: StepEditorProps) {
  const { step, onChange } = props;
  const sampled = useSampledRules(props.place, step);
  const columns = columnLines(step.options['columns']);
  return (
    <>
      <LinesEditor
        {...props}
        step={{ ...step, options: { ...step.options, columns } }}
        title={words.columns}
        first={(column) => ({ column, required: true })}
        how={(line) => <AddRule {...line} columns={props.columns} />}
        more={(line) => <Rules {...line} sampled={sampled} />}
        without={['columns', 'unique', 'rules', 'action']}
      />
      <Keys {...props} sampled={sampled} />
      <Conditions {...props} sampled={sampled} />
      <RestForm {...props} onChange={onChange} issues={[]} only={['action']} />
    </>
  );
}

type Sampled = { sampled: SampledRules | null };

function AddRule({ options, name, type, set, columns }: Line & Pick<StepEditorProps, 'columns'>) {
  const held = rulesOf(options);
  const ref = refOf(options['column']);
  const column = columns.find((each) => ref !== null && isSameColumn(each, ref));
  const left = rulesOfType(type).filter((rule) => !held.includes(rule));
  return (
    <Select
      isPlain
      aria-label={words.addRuleTo(name)}
      value=""
      disabled={left.length === 0}
      onChange={(event) => {
        const rule = event.currentTarget.value as ColumnRule;
        if (column !== undefined) set({ ...options, [rule]: firstValue(rule, column) });
      }}
    >
      <option value="" disabled>
        {words.addRule}
      </option>
      {left.map((rule) => (
        <option key={rule} value={rule}>
          {words.rules[rule]}
        </option>
      ))}
    </Select>
  );
}

function Rules({ sampled, ...line }: Line & Sampled) {
  const { options, name, set } = line;
  const rules = rulesOf(options);
  if (rules.length === 0) return <p className={styles.first}>{words.noRule}</p>;
  return rules.map((rule) => (
    <RuleLine
      key={rule}
      what={`${words.rules[rule]}, ${name}`}
      title={words.rules[rule]}
      sampled={sampled}
      count={sampled?.counts.ofColumn(options['column'], rule) ?? 0}
      onRemove={() => {
        const { [rule]: _, ...others } = options;
        set(others);
      }}
    >
      {rule === 'required' ? undefined : <RuleValue {...line} rule={rule} />}
    </RuleLine>
  ));
}

/** A rule with its way out and, beneath, how often it is broken. */
function RuleLine({
  what,
  title,
  sampled,
  count,
  onRemove,
  children,
}: Sampled & {
  /** Of the rule, for who cannot see where it stands. */
  what: string;
  title?: string;
  count: number;
  onRemove: () => void;
  children?: ReactNode;
}) {
  const broken = sampled === null ? null : <Broken {...sampled} count={count} />;
  return (
    <div className={styles.rule} role="group" aria-label={what}>
      {title === undefined ? null : <span>{title}</span>}
      <div>{children ?? broken}</div>
      <Button
        look="icon"
        className={styles.small}
        aria-label={recipeWords.remove(what)}
        onClick={onRemove}
      >
        <Icon name="close" />
      </Button>
      {children === undefined ? null : broken}
    </div>
  );
}

/** What a rule asks for. */
function RuleValue({ rule, options, name, set }: Line & { rule: ColumnRule }) {
  const label = `${words.rules[rule]}, ${name}`;
  const change = (next: unknown) => {
    // A list of none is no rule.
    const { [rule]: _, ...others } = options;
    set(next === undefined ? others : { ...options, [rule]: next });
  };
  const value = options[rule];
  switch (rule) {
    case 'required':
      return null;
    case 'type':
      return (
        <Select
          aria-label={label}
          value={String(value)}
          onChange={(event) => change(event.currentTarget.value)}
        >
          {[...new Set([String(value), ...TYPES])].map((each) => (
            <option key={each} value={each}>
              {typeWord(each)}
            </option>
          ))}
        </Select>
      );
    case 'values':
      return (
        <TextTags
          texts={listOf(value).map(String)}
          label={words.valuesOf(name)}
          addLabel={words.addValue(name)}
          placeholder={words.value}
          removeLabel={(text) => words.removeValue(text, name)}
          set={(texts) => change(texts.length === 0 ? undefined : texts)}
        />
      );
    case 'minLength':
    case 'maxLength':
      return (
        <span className={styles.unit}>
          <TextInput
            isNarrow
            inputMode="numeric"
            aria-label={label}
            value={String(value)}
            onChange={(event) => {
              const next = Number(event.currentTarget.value);
              if (Number.isSafeInteger(next) && next >= 0) change(next);
            }}
          />
          {words.characters}
        </span>
      );
    case 'min':
    case 'max':
    case 'pattern':
      return (
        <TextInput
          isMono={rule === 'pattern'}
          aria-label={label}
          placeholder={rule === 'pattern' ? words.patternExample : ''}
          value={String(value)}
          onChange={(event) => {
            const text = event.currentTarget.value;
            change(rule === 'pattern' ? text : boundOf(text));
          }}
        />
      );
  }
}

/** Keys of which no two rows may be equal. */
function Keys({ step, card, columns, sampled, onChange }: StepEditorProps & Sampled) {
  const box = useRef<HTMLDivElement>(null);
  const keys = uniqueKeys(step.options['unique']);
  const set = (unique: readonly unknown[]) => onChange({ ...step.options, unique });
  const field = card.options.find(({ id }) => id === 'unique');
  return (
    <OptionRow title={field?.title ?? words.unique} help={words.uniqueHelp} isGroup>
      {() => (
        <div ref={box}>
          {keys.map((key, i) => (
            <RuleLine
              key={i}
              what={words.key(i + 1)}
              sampled={key.length === 0 ? null : sampled}
              count={sampled?.counts.ofKey(key) ?? 0}
              onRemove={() => {
                set(keys.toSpliced(i, 1));
                box.current?.querySelector<HTMLElement>('[data-add]')?.focus();
              }}
            >
              <ColumnTags
                columns={columns}
                value={refsOf(key)}
                label={words.columnsOfKey(i + 1)}
                // A key of no column would be none: it goes.
                onChange={(refs) =>
                  set(refs.length === 0 ? keys.toSpliced(i, 1) : keys.with(i, refs))
                }
              />
            </RuleLine>
          ))}
          <ColumnTags
            columns={columns}
            value={[]}
            label={words.addKey}
            addWord={words.addKey}
            onChange={(refs) => set([...keys, refs])}
          />
        </div>
      )}
    </OptionRow>
  );
}

/** Conditions that must not be false, each with a name. */
function Conditions({ step, card, columns, sampled, onChange }: StepEditorProps & Sampled) {
  const box = useRef<HTMLDivElement>(null);
  const rules = conditions(step.options['rules']);
  const set = (next: readonly unknown[]) => onChange({ ...step.options, rules: next });
  const field = card.options.find(({ id }) => id === 'rules');
  const names = columns.map(({ name }) => name);
  return (
    <OptionRow title={field?.title ?? words.conditions} help={words.conditionsHelp} isGroup>
      {() => (
        <div ref={box}>
          {rules.map(({ name, where }, i) => {
            const problem = where === '' ? null : filterProblemOf(where, names);
            const what = name || words.condition(i + 1);
            return (
              <RuleLine
                key={i}
                what={what}
                sampled={problem === null && where !== '' ? sampled : null}
                count={sampled?.counts.ofCondition(name) ?? 0}
                onRemove={() => {
                  set(rules.toSpliced(i, 1));
                  box.current?.querySelector<HTMLElement>('[data-add]')?.focus();
                }}
              >
                <div className={styles.condition}>
                  <TextInput
                    aria-label={words.nameOf(i + 1)}
                    placeholder={words.name}
                    value={name}
                    onChange={(event) =>
                      set(rules.with(i, { name: event.currentTarget.value, where }))
                    }
                  />
                  <TextInput
                    isMono
                    aria-label={words.conditionOf(i + 1)}
                    aria-invalid={problem !== null}
                    placeholder={words.conditionExample}
                    value={where}
                    onChange={(event) =>
                      set(rules.with(i, { name, where: event.currentTarget.value }))
                    }
                  />
                  {problem === null ? null : (
                    <small className={`${styles.broken} ${styles.isSome}`} role="alert">
                      {sentenceOf(problem)} {problem.hint}
                    </small>
                  )}
                </div>
              </RuleLine>
            );
          })}
          <Button
            look="link"
            data-add
            onClick={() => set([...rules, { name: words.condition(rules.length + 1), where: '' }])}
          >
            {words.addCondition}
          </Button>
        </div>
      )}
    </OptionRow>
  );
}
