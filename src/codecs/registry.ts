// Every codec (bytes → bytes) there is.
import type { CodecCard } from '../contract/codec-plugin.ts';
import { ageCodec } from './age/codec.ts';
import { brotliCodec } from './brotli/codec.ts';
import { gzipCodec } from './gzip/codec.ts';
import { zstdCodec } from './zstd/codec.ts';

export const codecs: CodecCard[] = [gzipCodec, zstdCodec, brotliCodec, ageCodec];
