// Finds the value of a rank among numbers without sorting them all (Hoare's selection).

const FEW = 64;

/**
 * The values of ranks `rank` and `rank + 1` (0-based; the last has no next and is given twice) in ascending order, NaN last.
 * The numbers change places.
 */
export function selectRank(numbers: Float64Array, rank: number): [value: number, next: number] {
  const count = withoutNaN(numbers);
  const next = Math.min(rank + 1, numbers.length - 1);
  if (rank >= count) return [Number.NaN, Number.NaN];
  const value = nth(numbers, count, rank);
  if (next === rank) return [value, value];
  if (next >= count) return [value, Number.NaN];
  let least = numbers[next]!;
  for (let i = next + 1; i < count; i++) if (numbers[i]! < least) least = numbers[i]!;
  return [value, least];
}

/** Moves NaNs behind the others and gives the number of those. */
function withoutNaN(numbers: Float64Array): number {
  let count = numbers.length;
  for (let i = 0; i < count; i++)
    if (Number.isNaN(numbers[i]!)) {
      count--;
      numbers[i--] = numbers[count]!;
      numbers[count] = Number.NaN;
    }
  return count;
}

/** Moves the value of the rank to its place, with none greater before it and none less behind. */
function nth(numbers: Float64Array, count: number, rank: number): number {
  let from = 0;
  let to = count - 1;
  // Bad luck ends in sorting, not in the square of the count.
  for (let tries = 2 * Math.log2(count + 1) + 8; to - from > FEW; tries--) {
    if (tries < 0) break;
    const middle = median(numbers[from]!, numbers[(from + to) >> 1]!, numbers[to]!);
    let i = from;
    let k = to;
    while (i <= k) {
      while (numbers[i]! < middle) i++;
      while (numbers[k]! > middle) k--;
      if (i <= k) {
        const moved = numbers[i]!;
        numbers[i++] = numbers[k]!;
        numbers[k--] = moved;
      }
    }
    if (rank <= k) to = k;
    else if (rank >= i) from = i;
    else return numbers[rank]!;
  }
  numbers.subarray(from, to + 1).sort();
  return numbers[rank]!;
}

function median(a: number, b: number, c: number): number {
  if (a < b) return b < c ? b : Math.max(a, c);
  return a < c ? a : Math.max(b, c);
}
