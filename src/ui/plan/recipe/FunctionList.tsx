// The functions of expressions by group, to be found and put where the cursor was.
import { useId, useState } from 'react';
import {
  EXPRESSION_FUNCTIONS,
  type ExpressionFunction,
} from '../../../contract/expression-functions.ts';
import form from '../../form/form.module.css';
import { Icon } from '../../kit/Icon.tsx';
import { TextInput } from '../../kit/fields.tsx';
import { recipeWords } from './messages.en.ts';
import styles from './recipe.module.css';

const words = recipeWords.derive;
const GROUPS = Object.keys(words.groups) as ExpressionFunction['group'][];

export function FunctionList({ onChoose }: { onChoose: (chosen: ExpressionFunction) => void }) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const wanted = search.toLowerCase();
  const found = EXPRESSION_FUNCTIONS.filter(({ signature, help }) =>
    `${signature} ${help}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <button
        type="button"
        className={form.more}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="chevron" />
        {words.functions}
        <span>{EXPRESSION_FUNCTIONS.map(({ name }) => name).join(', ')}</span>
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen ? (
          <>
            <TextInput
              type="search"
              aria-label={words.find}
              placeholder={words.find}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            <div className={styles.functions} tabIndex={-1}>
              {found.length === 0 ? <p className={form.help}>{words.none}</p> : null}
              {GROUPS.map((group) => {
                const functions = found.filter((each) => each.group === group);
                return functions.length === 0 ? null : (
                  <div key={group} role="group" aria-label={words.groups[group]}>
                    <h4>{words.groups[group]}</h4>
                    {functions.map((each) => (
                      <button key={each.name} type="button" onClick={() => onChoose(each)}>
                        <code>{each.signature}</code>
                        <small>{each.help}</small>
                        <small className={styles.exampleText}>
                          {words.example(each.example.text, each.example.result)}
                        </small>
                      </button>
                    ))}
                  </div>
                );
              })}
            </div>
          </>
        ) : null}
      </div>
    </>
  );
}
