// How an address is asked for: the origin's own options as a form, and the secret, which is not one of them.
import { useEffect, useId, useState } from 'react';
import type { CatalogueCard } from '../../contract/verbs.ts';
import type { EngineClient } from '../../worker/client.ts';
import { OptionForm } from '../form/OptionForm.tsx';
import { TextInput } from '../kit/fields.tsx';
import { ADDRESS_ORIGIN } from './address.ts';
import { sourceWords } from './messages.en.ts';
import styles from './source.module.css';

/** Options that stand elsewhere: the address above, the secret below. */
const ELSEWHERE = new Set(['url', 'credential']);

export function AddressOptions({
  client,
  values,
  secret,
  isStacked = false,
  isKept = false,
  onChange,
  onSecret,
}: {
  client: EngineClient;
  values: Readonly<Record<string, unknown>>;
  secret: string;
  /** Labels above their controls, where there is little room. */
  isStacked?: boolean;
  /** Whether a secret is known that stays unless another is given. */
  isKept?: boolean;
  onChange: (values: Record<string, unknown>) => void;
  onSecret: (secret: string) => void;
}) {
  const words = sourceWords.address;
  const [card, setCard] = useState<CatalogueCard | null>(null);
  const id = useId();
  useEffect(() => {
    let isWanted = true;
    client.catalogue().then(
      ({ origins }) => {
        if (isWanted) setCard(origins.find((each) => each.id === ADDRESS_ORIGIN) ?? null);
      },
      () => {},
    );
    return () => {
      isWanted = false;
    };
  }, [client]);
  if (card === null) return null;
  const auth = (values['auth'] as string | undefined) ?? 'none';
  const rest = card.options.filter(({ id: option }) => !ELSEWHERE.has(option));
  const signIn = rest.findIndex(({ id: option }) => option === 'paging');
  const first = rest.filter((field, i) => i < signIn && field.advanced !== true);
  const form = (fields: CatalogueCard['options']) => (
    <OptionForm
      isStacked={isStacked}
      fields={fields}
      values={values}
      base={{}}
      path="sources.0.from.options"
      issues={[]}
      onChange={(option, value) => {
        const { [option]: _, ...others } = values;
        onChange(value === undefined ? others : { ...others, [option]: value });
      }}
    />
  );
  return (
    <>
      {form(first)}
      {auth === 'none' ? null : (
        <div className={isStacked ? styles.stackedSetting : styles.setting}>
          <label htmlFor={`${id}-secret`}>
            {auth === 'bearer' ? words.token : auth === 'basic' ? words.password : words.key}
          </label>
          <div>
            <TextInput
              id={`${id}-secret`}
              type="password"
              autoComplete="off"
              value={secret}
              placeholder={isKept ? words.unchanged : undefined}
              aria-describedby={`${id}-secret-help`}
              onChange={(event) => onSecret(event.currentTarget.value)}
            />
            <p className={styles.repeats} id={`${id}-secret-help`}>
              {words.secretHelp}
            </p>
          </div>
        </div>
      )}
      {form(rest.filter((field) => !first.includes(field)))}
    </>
  );
}
