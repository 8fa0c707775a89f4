/** Built-ins as they are at load, so that a page which replaces them later changes nothing of what is read. */

/** A method as a function that takes `this` first. */
const uncurry = <T, A extends readonly unknown[], R>(method: (this: T, ...rest: A) => R): ((self: T, ...rest: A) => R) =>
  Function.prototype.call.bind(method) as (self: T, ...rest: A) => R;

const { prototype } = String;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const encode = uncurry(encoder.encode as (this: TextEncoder, text: string) => Uint8Array);
const decode = uncurry(decoder.decode as (this: TextDecoder, bytes: Uint8Array) => string);
const into = uncurry(encoder.encodeInto);
const normalize = uncurry(prototype.normalize as (this: string) => string);
const toLowerCase = uncurry(prototype.toLowerCase);
export const replaceAll = uncurry(prototype.replaceAll as (this: string, from: string, to: string) => string);
const wellFormed = (prototype as { toWellFormed?: (this: string) => string }).toWellFormed;

/** `Date` itself. */
export const Day = Date;
export const { parse } = Date;
export const { isArray } = Array;
export const { keys } = Object;
export const { stringify } = JSON;
export const text = String;
export const trim = uncurry(prototype.trim);
export const charCodeAt = uncurry(prototype.charCodeAt);
export const slice = uncurry(prototype.slice as (this: string, from: number, to?: number) => string);
export const toISOString = uncurry(Date.prototype.toISOString);
export const exec = uncurry(RegExp.prototype.exec);
/** Without lone surrogates, which no UTF-8 has. */
export const toWellFormed: (value: string) => string = wellFormed ? uncurry(wellFormed) : (value) => decode(decoder, encode(encoder, value));
/** Writes UTF-8; the number of its bytes. */
export const encodeInto = (value: string, target: Uint8Array): number => into(encoder, value, target).written;
/** NFC, trimmed. */
export const clean = (value: string): string => trim(normalize(value));
/** The form in which clean texts are compared: in full lower case, with every ς as σ. */
export const fold = (value: string): string => replaceAll(toLowerCase(value), "ς", "σ");
