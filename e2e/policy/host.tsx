// A page that only tries the component kit and the schema library under the studio's policy.
import {
  Button,
  Dialog,
  DialogTrigger,
  Label,
  ListBox,
  ListBoxItem,
  Modal,
  Popover,
  Select,
  SelectValue,
} from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';

// The schema library otherwise probes for `new Function`, which the policy reports.
z.config({ jitless: true });
const options = z.object({ level: z.number().min(1).max(9).default(6) });

function Parts() {
  return (
    <>
      <p>Level {options.parse({}).level}</p>
      <DialogTrigger>
        <Button>Open</Button>
        <Modal>
          <Dialog aria-label="Choose a codec">
            {({ close }) => (
              <>
                <Select defaultSelectedKey="gzip">
                  <Label>Codec</Label>
                  <Button>
                    <SelectValue />
                  </Button>
                  <Popover>
                    <ListBox>
                      <ListBoxItem id="gzip">gzip</ListBoxItem>
                      <ListBoxItem id="zip">zip</ListBoxItem>
                    </ListBox>
                  </Popover>
                </Select>
                <Button onPress={close}>Close</Button>
              </>
            )}
          </Dialog>
        </Modal>
      </DialogTrigger>
    </>
  );
}

createRoot(document.getElementById('root')!).render(<Parts />);
