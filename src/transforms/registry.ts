// The transforms of the product, in the order menus show them.
import type { TransformCard } from '../contract/transform-plugin.ts';
import { aggregateTransform } from './aggregate/transform.ts';
import { castTransform } from './cast/transform.ts';
import { deriveTransform } from './derive/transform.ts';
import { distinctTransform } from './distinct/transform.ts';
import { filterTransform } from './filter/transform.ts';
import { flattenTransform } from './flatten/transform.ts';
import { joinColumnsTransform } from './join-columns/transform.ts';
import { joinTransform } from './join/transform.ts';
import { limitTransform } from './limit/transform.ts';
import { maskTransform } from './mask/transform.ts';
import { replaceValuesTransform } from './replace-values/transform.ts';
import { pivotTransform } from './pivot/transform.ts';
import { sampleTransform } from './sample/transform.ts';
import { selectTransform } from './select/transform.ts';
import { sortTransform } from './sort/transform.ts';
import { splitTransform } from './split/transform.ts';
import { topTransform } from './top/transform.ts';
import { unionTransform } from './union/transform.ts';
import { unpivotTransform } from './unpivot/transform.ts';
import { unnestTransform } from './unnest/transform.ts';
import { validateTransform } from './validate/transform.ts';

export const transforms: TransformCard[] = [
  filterTransform,
  selectTransform,
  castTransform,
  deriveTransform,
  maskTransform,
  distinctTransform,
  aggregateTransform,
  sampleTransform,
  sortTransform,
  topTransform,
  pivotTransform,
  unpivotTransform,
  unionTransform,
  joinTransform,
  replaceValuesTransform,
  splitTransform,
  joinColumnsTransform,
  validateTransform,
  flattenTransform,
  unnestTransform,
  limitTransform,
];
