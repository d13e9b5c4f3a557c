// Every source, one line each.
import type { SourceCard } from '../contract/plugins.ts';
import { csvSource } from './csv/source.ts';
import { rowsSource } from './rows/source.ts';

export const sources: SourceCard[] = [csvSource, rowsSource];
