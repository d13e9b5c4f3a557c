// The engine's name for taking secrets out of a config; what is stored beside the engine is cleaned by the same function.
export { redactConfig } from '../contract/redact.ts';
