// The basket and the placed orders: what a real shop keeps on its server, here in the browser's storage.

import { findProduct, type Product } from "./catalogue.ts";

export type Line = { product: string; size?: string; quantity: number };
export type Order = { id: string; at: number; lines: Line[]; goods: number; shipping: number };

const basketKey = "veld-volt.basket";
const ordersKey = "veld-volt.orders";
const opened = Date.UTC(2026, 0, 1);
const freeFrom = 5000;
const shippingCost = 495;
export const mostOfOne = 9;

// What could not be written is still here until the page is left.
const memory = new Map<string, string>();

function read<T>(key: string, fallback: T): T {
  try {
    const text = memory.get(key) ?? localStorage.getItem(key);
    return text === null || text === undefined ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
}

function write(key: string, value: unknown): void {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(key, text);
    memory.delete(key);
  } catch {
    memory.set(key, text);
  }
}

export function basket(): Line[] {
  return read<Line[]>(basketKey, []).filter((line) => findProduct(line.product));
}

export const count = (lines: Line[]): number => lines.reduce((sum, line) => sum + line.quantity, 0);

export function productOf(line: Line): Product {
  return findProduct(line.product) as Product;
}

export const lineTotal = (line: Line): number => productOf(line).price * line.quantity;

export function totals(lines: Line[]): { goods: number; shipping: number; total: number } {
  const goods = lines.reduce((sum, line) => sum + lineTotal(line), 0);
  const shipping = goods === 0 || goods >= freeFrom ? 0 : shippingCost;
  return { goods, shipping, total: goods + shipping };
}

const same = (a: Line, b: Line): boolean => a.product === b.product && a.size === b.size;

export function add(added: Line): void {
  const lines = basket();
  const held = lines.find((line) => same(line, added));
  if (held) held.quantity = Math.min(mostOfOne, held.quantity + added.quantity);
  else lines.push(added);
  write(basketKey, lines);
}

export function setQuantity(changed: Line, quantity: number): void {
  const lines = basket();
  for (const line of lines) if (same(line, changed)) line.quantity = quantity;
  write(basketKey, lines.filter((line) => line.quantity > 0));
}

export function placeOrder(at: number): Order {
  const orders = read<Order[]>(ordersKey, []);
  const lines = basket();
  const { goods, shipping } = totals(lines);
  // Counted from the device's clock, which the time machine does not move, so that no number comes twice.
  const last = orders.reduce((highest, order) => Math.max(highest, Number(order.id.slice(3))), 0);
  const order = { id: `VV-${Math.max(last + 1, Math.floor((Date.now() - opened) / 1000))}`, at, lines, goods, shipping };
  write(ordersKey, [...orders, order]);
  write(basketKey, []);
  return order;
}

export function findOrder(id: string): Order | undefined {
  return read<Order[]>(ordersKey, []).find((order) => order.id === id);
}

export function forgetAll(): void {
  write(basketKey, []);
  write(ordersKey, []);
}
