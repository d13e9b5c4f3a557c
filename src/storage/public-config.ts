// Makes what is about to be stored a whole config without secrets, by the engine's own rules.
import type { ExportConfig } from '../contract/config.ts';
import type { ErrorData } from '../contract/errors.ts';
import { ExportError } from '../contract/errors.ts';
import { redactConfig, withoutCredentials } from '../contract/redact.ts';
import type { Engine } from '../contract/verbs.ts';

/** The two questions that the stores have for the engine. */
export type StoreEngine = Pick<Engine, 'catalogue' | 'upgrade'>;

/** Any known shape as a config that may be stored. Rejects as `upgrade` does. */
export async function publicConfig(engine: StoreEngine, given: unknown): Promise<ExportConfig> {
  // Refuses keys that nobody declared, which redacting would let through.
  const { config } = await engine.upgrade(given);
  return redactConfig(config, await engine.catalogue());
}

/** Whether a config is what is wrong, rather than the engine that was asked about it. */
export function isConfigError(thrown: unknown): thrown is ExportError {
  return thrown instanceof ExportError && /^(?:config|filter)\./.test(thrown.code);
}

/** An error without what lay behind it, and without the passwords of addresses. */
export function publicError(error: ErrorData | null): ErrorData | null {
  if (error === null) return null;
  const { code, parameters, sentence, hint } = error;
  return {
    code,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [
        name,
        typeof value === 'string' ? withoutCredentials(value) : value,
      ]),
    ),
    sentence: withoutCredentials(sentence),
    hint: withoutCredentials(hint),
  };
}
