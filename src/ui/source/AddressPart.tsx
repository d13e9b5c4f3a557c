// The address a source is read from, and the form to change it; what was typed as a secret is never shown again.
import { useId, useState } from 'react';
import type { Origin } from '../../contract/config.ts';
import { OptionRow } from '../form/OptionRow.tsx';
import { Button } from '../kit/Button.tsx';
import { TextInput } from '../kit/fields.tsx';
import { useDraft, useDraftActions, useEngine } from '../session.tsx';
import { addressInput, needsSecret } from './address.ts';
import { AddressOptions } from './AddressOptions.tsx';
import { sourceWords } from './messages.en.ts';
import styles from './source.module.css';

type Address = Extract<Origin, { origin: string }>;

export default function AddressPart({ from }: { from: Address }) {
  const words = sourceWords.address;
  const [isOpen, setOpen] = useState(false);
  const url = String(from.options['url'] ?? '');
  if (isOpen)
    return (
      // What an undo brings back is what the form shows.
      <AddressChange
        key={JSON.stringify(from)}
        from={from}
        url={url}
        onDone={() => setOpen(false)}
      />
    );
  return (
    <OptionRow title={words.address}>
      {() => (
        <div className={styles.shownAddress}>
          <code>{url}</code>
          <Button look="link" onClick={() => setOpen(true)}>
            {words.edit}
          </Button>
        </div>
      )}
    </OptionRow>
  );
}

function AddressChange({
  from,
  url: before,
  onDone,
}: {
  from: Address;
  url: string;
  onDone: () => void;
}) {
  const words = sourceWords.address;
  const client = useEngine();
  const { setAddress } = useDraftActions();
  const data = useDraft((state) => state.draft!.input.data);
  const [url, setUrl] = useState(before);
  const [options, setOptions] = useState<Record<string, unknown>>(() => {
    const { url: _, ...others } = from.options;
    return others;
  });
  const [secret, setSecret] = useState('');
  const [isAsked, setAsked] = useState(false);
  const id = useId();
  // Another server never gets what was meant for this one.
  const isKept =
    'origin' in data &&
    Object.keys(data.secrets).length > 0 &&
    needsSecret(from.options) &&
    isSameServer(url, before);
  const input = addressInput(url, options, secret, isKept);
  const problem = isAsked && typeof input === 'string' ? words.problems[input] : null;
  return (
    <form
      className={styles.addressChange}
      aria-label={words.edit}
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (typeof input === 'string') return;
        setAddress(input);
        onDone();
      }}
    >
      <div className={styles.stackedSetting}>
        <label htmlFor={`${id}-url`}>{words.address}</label>
        <TextInput
          id={`${id}-url`}
          inputMode="url"
          value={url}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : `${id}-problem`}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        {problem === null ? null : (
          <p className={styles.problem} id={`${id}-problem`} role="alert">
            {problem}
          </p>
        )}
      </div>
      <AddressOptions
        isStacked
        isKept={isKept}
        client={client}
        values={options}
        secret={secret}
        onChange={setOptions}
        onSecret={setSecret}
      />
      <div className={styles.ways}>
        <Button look="primary" type="submit">
          {words.read}
        </Button>
        <Button onClick={onDone}>{words.keep}</Button>
      </div>
    </form>
  );
}

function isSameServer(a: string, b: string): boolean {
  const text = a.trim();
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  return URL.canParse(address) && URL.canParse(b) && new URL(address).origin === new URL(b).origin;
}
