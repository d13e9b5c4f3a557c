// Every codec (bytes → bytes) there is.
import type { CodecCard } from '../contract/plugins.ts';
import { gzipCodec } from './gzip/codec.ts';

export const codecs: CodecCard[] = [gzipCodec];
