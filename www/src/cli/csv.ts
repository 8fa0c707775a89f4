/** CSV as RFC 4180 has it, for what the command line takes and writes; order files are the engine's. */

/** The cells of one line. */
export function cellsOf(line: string): readonly string[] {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let index = 0; index < line.length; index++) {
    const unit = line[index] ?? "";
    if (unit === '"' && quoted && line[index + 1] === '"') {
      cell += unit;
      index++;
    } else if (unit === '"' && (quoted || cell === "")) quoted = !quoted;
    else if (unit === "," && !quoted) {
      cells.push(cell);
      cell = "";
    } else cell += unit;
  }
  return [...cells, cell];
}

/** One cell, in quotes where it needs them. */
export const cellOf = (text: string): string => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
