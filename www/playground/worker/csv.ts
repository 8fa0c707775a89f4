/** Cells of an order file, read a second time where the page needs a column of which the engine knows nothing. */

/** Calls back with the cells of every row: quotes undone, cut anywhere by the stream. */
export async function readRows(source: ReadableStream<Uint8Array<ArrayBuffer>>, delimiter: string, onRow: (cells: readonly string[]) => void): Promise<void> {
  let row: string[] = [];
  let cell = "";
  /** In quotes; after a quote inside them, which ends them or is the first of two. */
  let [quoted, after] = [false, false];
  const endCell = (): void => {
    row.push(cell);
    [cell, quoted, after] = ["", false, false];
  };
  const endRow = (): void => {
    endCell();
    const cells = delimiter === " " ? row.filter((part) => part !== "") : row;
    if (cells.some((part) => part !== "")) onRow(cells);
    row = [];
  };
  const take = (text: string): void => {
    for (const character of text) {
      if (quoted && !after) {
        if (character === '"') after = true;
        else cell += character;
      } else if (after && character === '"') {
        cell += '"';
        after = false;
      } else if (character === delimiter) endCell();
      else if (character === "\n") endRow();
      else if (character === '"' && cell === "") quoted = true;
      else if (character !== "\r") {
        cell += character;
        [quoted, after] = [false, false];
      }
    }
  };
  const reader = source.getReader();
  let decoder: TextDecoder | null = null;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    decoder ??= new TextDecoder(encodingOf(value));
    take(decoder.decode(value, { stream: true }));
  }
  take(decoder?.decode() ?? "");
  if (cell !== "" || row.length > 0) endRow();
}

const encodingOf = ([first, second]: Uint8Array): string => (first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8");
