/**
 * Unpacks snappy blocks (google/snappy format_description.txt), 16 bytes at a time.
 * AssemblyScript, compiled by build.mjs; the typed door to it is snappy.ts, whose twin does the same byte by byte.
 */

/** Everything below belongs to the compiler. */
const INPUT: usize = 65536;
/** Loads and stores reach this much too far. */
const PAD: usize = 64;

/** Address of the input. */
export function inputAddress(): usize {
  return INPUT;
}

/** Address of the output of an input of so many bytes, of which all lies before it. */
export function outputAddress(inputSize: usize): usize {
  return (INPUT + inputSize + PAD + 15) & ~15;
}

/** Grows the memory to hold both; false when it cannot be had. */
export function reserve(inputSize: usize, size: usize): bool {
  if (__heap_base > INPUT) return false;
  const pages = <i32>((outputAddress(inputSize) + size + PAD + 65535) >>> 16);
  return pages <= memory.size() || memory.grow(pages - memory.size()) >= 0;
}

/** Copies `length` bytes and up to 15 more; the areas lie apart. */
function copyApart(to: usize, from: usize, length: usize): void {
  let done: usize = 0;
  do {
    v128.store(to + done, v128.load(from + done));
    done += 16;
  } while (done < length);
}

/**
 * Unpacks the elements in [from, end) of the input, which make exactly `size` bytes; false when they do not, or reach
 * back before the output's start.
 */
export function unpack(from: usize, inputSize: usize, size: usize): bool {
  let at = INPUT + from;
  const end = INPUT + inputSize;
  const start = outputAddress(inputSize);
  let to = start;
  const limit = start + size;
  while (at < end) {
    const tag: u32 = load<u8>(at);
    at++;
    let length: usize = tag >> 2;
    if ((tag & 3) == 0) {
      if (length >= 60) {
        const more = length - 59;
        if (more > end - at) return false;
        // Bytes behind the number are loaded with it, and cut off.
        const shift: u32 = <u32>(32 - 8 * more);
        length = (load<u32>(at) << shift) >> shift;
        at += more;
      }
      // The largest length would wrap.
      if (length >= end - at || length >= limit - to) return false;
      length++;
      if (length > 256) memory.copy(to, at, length);
      else copyApart(to, at, length);
      at += length;
      to += length;
      continue;
    }
    let back: usize;
    if ((tag & 3) == 1) {
      if (at >= end) return false;
      length = (length & 7) + 4;
      back = ((tag >> 5) << 8) | load<u8>(at);
      at++;
    } else if ((tag & 3) == 2) {
      if (end - at < 2) return false;
      length++;
      back = load<u16>(at);
      at += 2;
    } else {
      if (end - at < 4) return false;
      length++;
      back = load<u32>(at);
      at += 4;
    }
    if (back - 1 >= to - start || length > limit - to) return false;
    const source = to - back;
    if (back >= 16) copyApart(to, source, length);
    else if (back >= 8) {
      let done: usize = 0;
      do {
        store<u64>(to + done, load<u64>(source + done));
        done += 8;
      } while (done < length);
    } else for (let k: usize = 0; k < length; k++) store<u8>(to + k, load<u8>(source + k));
    to += length;
  }
  return to == limit;
}
