// Asks what is to become of a file that is there already, while the export waits.
import { useState } from 'react';
import type { ExistsAnswer } from '../../contract/verbs.ts';
import { Button } from '../kit/Button.tsx';
import { Modal } from '../kit/Modal.tsx';
import { CheckBox } from '../kit/fields.tsx';
import { existsWords } from './exists-words.en.ts';
import type { ExistsQuestion } from './run-state.ts';
import styles from './run.module.css';

export default function AskExists({ question }: { question: ExistsQuestion }) {
  const [isForAll, setForAll] = useState(false);
  const answer = (choice: ExistsAnswer) => question.answer(choice, isForAll);
  return (
    <Modal title={existsWords.title} onClose={() => answer('stop')}>
      <p className={styles.help}>{existsWords.says(question.name)}</p>
      <CheckBox
        label={existsWords.forAll}
        checked={isForAll}
        onChange={(event) => setForAll(event.currentTarget.checked)}
      />
      <div className={styles.row}>
        {question.offers.map((offer) => (
          <Button
            key={offer}
            look={offer === 'stop' ? 'link' : undefined}
            onClick={() => answer(offer)}
          >
            {existsWords[offer]}
          </Button>
        ))}
      </div>
    </Modal>
  );
}
