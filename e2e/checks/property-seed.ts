// Random values of property tests: new ones at each run, but the same in CI, where a change is judged and not chance.
// `PROPERTY_SEED=n` runs with the values that a report names.
import fc from 'fast-check';

const given = process.env.PROPERTY_SEED ?? (process.env.CI ? '20261121' : undefined);
if (given !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(given) });
