// Forms that plug-ins bring along for options which the general editors show badly; each is loaded when it is shown.
import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import type { CheckResult } from '../../contract/verbs.ts';
import { Button } from '../kit/Button.tsx';
import { CheckBox, Select, TextInput } from '../kit/fields.tsx';
import { FileChoice } from './FileChoice.tsx';
import { Icon } from '../kit/Icon.tsx';

/** The controls that a panel is made of. */
export const PANEL_KIT = { Button, CheckBox, FileEditor: FileChoice, Icon, Select, TextInput };

/** What a panel gets: it knows nothing of the page. */
interface PanelProps {
  /** Id of the option it edits. */
  option: string;
  value: unknown;
  onChange: (value: unknown) => void;
  /** Of the output, in order. */
  columns: CheckResult['columns'];
  /** Id of the element that names it. */
  labelledBy: string;
  Kit: typeof PANEL_KIT;
}

const loaders = import.meta.glob<{ default: ComponentType<PanelProps> }>(
  '../../{sources,transforms,formats}/*/panel.tsx',
);
export type PanelComponent = LazyExoticComponent<ComponentType<PanelProps>>;

const panels = new Map<string, PanelComponent>(
  Object.entries(loaders).map(([path, load]) => [path.slice('../../'.length), lazy(load)]),
);

/** Where options belong to, for their panels. */
export interface PanelPlace {
  /** The plug-in: `formats/excel`. */
  folder: string;
  columns: CheckResult['columns'];
}

/** The panel of a plug-in; undefined where it has none. */
export function panelOf({ folder }: PanelPlace): PanelComponent | undefined {
  return panels.get(`${folder}/panel.tsx`);
}
