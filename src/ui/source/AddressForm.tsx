// Data from an address: where it is, and behind one more click sign-in, pages and the rest.
import { lazy, Suspense, useId, useState } from 'react';
import type { EngineClient } from '../../worker/client.ts';
import type { Input } from '../input.ts';
import { Button } from '../kit/Button.tsx';
import { TextInput } from '../kit/fields.tsx';
import { addressInput } from './address.ts';
import { sourceWords } from './messages.en.ts';
import styles from './source.module.css';

const AddressOptions = lazy(async () => ({
  default: (await import('./AddressOptions.tsx')).AddressOptions,
}));

export function AddressForm({
  client,
  onOpen,
}: {
  client: EngineClient;
  onOpen: (input: Input) => void;
}) {
  const words = sourceWords.address;
  const [url, setUrl] = useState('');
  const [options, setOptions] = useState<Record<string, unknown>>({});
  const [secret, setSecret] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const id = useId();
  const input = addressInput(url, options, secret);
  const problem = isAsked && typeof input === 'string' ? words.problems[input] : null;
  return (
    <form
      className={styles.generator}
      aria-label={words.title}
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (typeof input !== 'string') onOpen(input);
      }}
    >
      <div className={styles.partHead}>
        <h2>{words.title}</h2>
        <span>{words.says}</span>
      </div>
      <div className={styles.setting}>
        <label htmlFor={`${id}-url`}>{words.address}</label>
        <div>
          <div className={styles.many}>
            <TextInput
              id={`${id}-url`}
              className={styles.address}
              inputMode="url"
              placeholder="https://"
              value={url}
              aria-invalid={problem !== null}
              aria-describedby={problem === null ? undefined : `${id}-problem`}
              onChange={(event) => setUrl(event.currentTarget.value)}
            />
            <Button type="submit">{words.open}</Button>
          </div>
          {problem === null ? null : (
            <p className={styles.problem} id={`${id}-problem`} role="alert">
              {problem}
            </p>
          )}
          <Button
            look="link"
            aria-expanded={isOpen}
            aria-controls={`${id}-more`}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? words.less : words.more}
          </Button>
        </div>
      </div>
      <div id={`${id}-more`} hidden={!isOpen}>
        {isOpen ? (
          <Suspense fallback={null}>
            <AddressOptions
              client={client}
              values={options}
              secret={secret}
              onChange={setOptions}
              onSecret={setSecret}
            />
          </Suspense>
        ) : null}
      </div>
    </form>
  );
}
