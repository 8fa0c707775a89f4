/** Where in a text a JSON pointer points to, and what keeps a text from being JSON. */
import { findNodeAtLocation, type Node, parse, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Place, PlacedProblem, Problem } from "../protocol.ts";

const STRICT = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

const SENTENCES: { readonly [code: string]: string } = {
  InvalidSymbol: "This is no JSON value. Text stands in double quotes.",
  InvalidNumberFormat: "This is not a number as JSON writes it.",
  PropertyNameExpected: "A key in double quotes is missing here; after the last one there is no comma.",
  ValueExpected: "A value is missing here; after the last one there is no comma.",
  ColonExpected: "A colon is missing between key and value.",
  CommaExpected: "A comma is missing before this.",
  CloseBraceExpected: "A closing } is missing.",
  CloseBracketExpected: "A closing ] is missing.",
  EndOfFileExpected: "The JSON has ended before this.",
  InvalidCommentToken: "JSON has no comments.",
  UnexpectedEndOfString: "The closing quotes of this text are missing.",
  InvalidEscapeCharacter: "This escape is not one of JSON's.",
  InvalidUnicode: "After \\u there are four hexadecimal digits.",
  InvalidCharacter: "A character in this text must be written as an escape.",
};

/** The lines of a text, for telling line and column of an offset. */
function placing(text: string): (from: number, to: number) => Place {
  const begins = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) begins.push(at + 1);
  return (from, to) => {
    let low = 0;
    for (let high = begins.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if ((begins[middle] ?? 0) <= from) low = middle;
      else high = middle;
    }
    return { from, to, line: low + 1, column: from - (begins[low] ?? 0) + 1 };
  };
}

/** What is wrong with a text as JSON; of several faults the first, as the others mostly follow from it. */
export function syntaxProblem(text: string): PlacedProblem | null {
  const errors: ParseError[] = [];
  parse(text, errors, STRICT);
  const first = errors[0];
  if (!first) return null;
  const from = Math.min(first.offset, Math.max(0, text.length - 1));
  const to = Math.max(Math.min(first.offset + first.length, text.length), Math.min(from + 1, text.length));
  const message = text.trim() === "" ? "There is nothing here." : (SENTENCES[printParseErrorCode(first.error)] ?? "This is not JSON.");
  return { code: "not_json", severity: "error", pointer: "", message, place: placing(text)(from, to) };
}

/** Each problem with its place in the text. */
export function placed(text: string, problems: readonly Problem[]): PlacedProblem[] {
  if (problems.length === 0) return [];
  const root = parseTree(text, [], STRICT);
  const at = placing(text);
  return problems.map((problem) => ({ ...problem, place: at(...range(text, root, problem)) }));
}

/** The key for a problem with the key, else the value. What runs over many lines is marked at its beginning only. */
function range(text: string, root: Node | undefined, { pointer, code }: Problem): [from: number, to: number] {
  const node = root && nearest(root, keysOf(pointer));
  if (!node) return [0, Math.min(1, text.length)];
  const key = node.parent?.type === "property" ? node.parent.children?.[0] : undefined;
  const large = node.type === "object" || node.type === "array";
  const marked = key && (large || code === "unknown_key" || code === "duplicate_key") ? key : node;
  const from = marked.offset;
  const to = marked.offset + marked.length;
  const lineEnd = text.indexOf("\n", from);
  return [from, lineEnd >= 0 && lineEnd < to ? lineEnd : to];
}

/** The node at the path, or as far along it as the text goes: what a missing key is missing from. */
function nearest(root: Node, path: string[]): Node {
  for (let length = path.length; length > 0; length--) {
    const found = stepped(root, path.slice(0, length));
    if (found) return found;
  }
  return root;
}

/** A number in a pointer is a place in a list, or a key that looks like one. */
function stepped(root: Node, path: string[]): Node | undefined {
  let node: Node | undefined = root;
  for (const key of path) node = node && findNodeAtLocation(node, [node.type === "array" ? Number(key) : key]);
  return node;
}

const keysOf = (pointer: string): string[] =>
  pointer.split("/").slice(1).map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
