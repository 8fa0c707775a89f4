/** The known word that takes the fewest changed letters to become from `word`; `undefined` only if none is known. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  for (const other of known) {
    const distance = distanceOf(word.toLowerCase(), other.toLowerCase());
    if (distance < least) [best, least] = [other, distance];
  }
  return best;
}

/** Levenshtein's: how many letters are to be put in, taken out or replaced. */
function distanceOf(from: string, to: string): number {
  let before = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const line = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1] ? 0 : 1;
      line.push(Math.min((before[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1, (before[column - 1] ?? 0) + same));
    }
    before = line;
  }
  return before[to.length] ?? 0;
}
