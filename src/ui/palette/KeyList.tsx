// All keys, from the one table of them, and the switch for those that are a single character.
import { useState } from 'react';
import { setLetterKeys, useCommands } from '../commands.tsx';
import { isLetter, KEYS, keyText } from '../keys.ts';
import { Switch } from '../kit/fields.tsx';
import { Modal } from '../kit/Modal.tsx';
import { messages } from '../messages.en.ts';
import { keyWords } from './palette-words.en.ts';
import kit from '../kit/controls.module.css';
import styles from './palette.module.css';

export function KeyList({ onClose }: { onClose: () => void }) {
  const words = keyWords;
  const commands = useCommands();
  const [hasLetters, setLetters] = useState(commands?.takesLetters ?? true);
  return (
    <Modal title={words.title} onClose={onClose}>
      <div className={styles.keys}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.does}</th>
              <th scope="col">{words.key}</th>
            </tr>
          </thead>
          <tbody>
            {KEYS.map(({ id, keys }) => (
              <tr key={id} className={!hasLetters && keys.every(isLetter) ? styles.isOff : ''}>
                <td>{messages.commands[id]}</td>
                <td>
                  {keys.map((key) => (
                    <kbd key={key} className={kit.key}>
                      {keyText(key)}
                    </kbd>
                  ))}
                </td>
              </tr>
            ))}
            {words.elsewhere.map(([does, keys]) => (
              <tr key={does}>
                <td>{does}</td>
                <td>
                  {keys.map((key) => (
                    <kbd key={key} className={kit.key}>
                      {keyText(key)}
                    </kbd>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <Switch
          label={words.letters}
          checked={hasLetters}
          onChange={(event) => {
            const isOn = event.currentTarget.checked;
            setLetters(isOn);
            if (commands) setLetterKeys(commands, isOn);
          }}
        />
        <p>{words.lettersHelp}</p>
      </div>
    </Modal>
  );
}
