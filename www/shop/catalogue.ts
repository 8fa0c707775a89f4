// What the shop sells. Prices are whole cents, so that sums are exact.

export type Tint = "sand" | "moss" | "sky" | "clay" | "lilac" | "stone";

export type Product = {
  id: string;
  name: string;
  kind: string;
  brand: string;
  categories: string[];
  department: string;
  collection: string;
  price: number;
  before?: number;
  sizes?: string[];
  picture: string;
  tint: Tint;
  text: string;
  facts: [string, string][];
};

export type Department = { id: string; name: string; intro: string };

const clothing = ["XS", "S", "M", "L", "XL"];
const shoes = ["38", "39", "40", "41", "42", "43", "44"];

export const currentCollection = "Winter 2026";

export const departments: Department[] = [
  { id: "clothes", name: "Clothes", intro: "Wool, linen and waxed cotton, cut to be layered." },
  { id: "shoes-bags", name: "Shoes & bags", intro: "Resoled, restitched and sent back to you for as long as you walk." },
  { id: "audio", name: "Audio", intro: "Toon makes things that sound right in a kitchen." },
  { id: "devices", name: "Devices", intro: "Small electronics with screws instead of glue." },
  { id: "last-season", name: "Last season", intro: "Spring and summer 2026, up to a third off while they last." },
];

export const products: Product[] = [
  {
    id: "dune-coat", name: "Dune coat", kind: "Wool overcoat", brand: "Marram", categories: ["Clothes", "Coats"],
    department: "clothes", collection: "Winter 2026", price: 22900, sizes: clothing, picture: "coat", tint: "sand",
    text: "A single-breasted coat in dense, undyed camel wool. Roomy enough for a sweater, light enough for a train.",
    facts: [["Cloth", "Wool 90 %, cashmere 10 %"], ["Made in", "Porto"], ["Care", "Brush, air, hang"]],
  },
  {
    id: "alt-headphones", name: "Alt", kind: "Wireless headphones", brand: "Toon", categories: ["Electronics", "Audio", "Headphones"],
    department: "audio", collection: "Winter 2026", price: 19900, picture: "headphones", tint: "clay",
    text: "Closed headphones with a wool-lined band. Forty hours on a charge, and every part can be replaced with one screwdriver.",
    facts: [["Battery", "40 hours, replaceable"], ["Weight", "248 g"], ["Warranty", "5 years"]],
  },
  {
    id: "ebb-sweater", name: "Ebb sweater", kind: "Merino knit", brand: "Marram", categories: ["Clothes", "Knitwear"],
    department: "clothes", collection: "Winter 2026", price: 8900, sizes: clothing, picture: "sweater", tint: "lilac",
    text: "Knitted in one piece, so there is no seam to come undone. Merino that does not itch and hardly needs washing.",
    facts: [["Yarn", "Extra-fine merino"], ["Made in", "Biella"], ["Care", "Wool wash, dry flat"]],
  },
  {
    id: "runner-02", name: "Runner 02", kind: "Sneaker", brand: "Kade", categories: ["Shoes", "Sneakers"],
    department: "shoes-bags", collection: "Winter 2026", price: 11900, sizes: shoes, picture: "sneaker", tint: "sky",
    text: "A plain runner with a wide toe, a cork insole, and a sole that we replace when you have worn it down.",
    facts: [["Upper", "Canvas and suede"], ["Sole", "Natural rubber, replaceable"], ["Fit", "True to size"]],
  },
  {
    id: "lantern-lamp", name: "Lantern", kind: "Table lamp", brand: "Vonk", categories: ["Electronics", "Light"],
    department: "devices", collection: "Winter 2026", price: 7900, picture: "lamp", tint: "stone",
    text: "A dimmable lamp that remembers how bright you like your evenings. Twelve hours without a cable.",
    facts: [["Light", "2 200 to 3 000 K, dimmable"], ["Battery", "12 hours"], ["Warranty", "5 years"]],
  },
  {
    id: "quay-boot", name: "Quay boot", kind: "Chelsea boot", brand: "Kade", categories: ["Shoes", "Boots"],
    department: "shoes-bags", collection: "Winter 2026", price: 16900, sizes: shoes, picture: "boot", tint: "sand",
    text: "Vegetable-tanned leather on a stitched welt. They are stiff for a week and yours for ten years.",
    facts: [["Leather", "Vegetable-tanned"], ["Sole", "Goodyear welt"], ["Warranty", "10 years"]],
  },
  {
    id: "kist-speaker", name: "Kist", kind: "Room speaker", brand: "Toon", categories: ["Electronics", "Audio", "Speakers"],
    department: "audio", collection: "Winter 2026", price: 13900, picture: "speaker", tint: "clay",
    text: "A walnut box with two knobs and no app. It finds other Toon speakers in the house by itself.",
    facts: [["Sound", "2 × 20 W"], ["Box", "Oiled walnut"], ["Warranty", "5 years"]],
  },
  {
    id: "uur-watch", name: "Uur", kind: "Watch", brand: "Vonk", categories: ["Electronics", "Watches"],
    department: "devices", collection: "Winter 2026", price: 17900, picture: "watch", tint: "moss",
    text: "Shows the time, your steps and the next train. Two weeks on a charge, because it does nothing else.",
    facts: [["Battery", "14 days"], ["Strap", "Recycled rubber"], ["Warranty", "10 years"]],
  },
  {
    id: "mol-earbuds", name: "Mol", kind: "Earbuds", brand: "Toon", categories: ["Electronics", "Audio", "Headphones"],
    department: "audio", collection: "Winter 2026", price: 9900, picture: "earbuds", tint: "sky",
    text: "Earbuds the size of a bean, in a case the size of a pebble. The batteries click out.",
    facts: [["Battery", "8 + 24 hours, replaceable"], ["Weight", "4 g each"], ["Warranty", "3 years"]],
  },
  {
    id: "flood-raincoat", name: "Flood raincoat", kind: "Packable raincoat", brand: "Marram", categories: ["Clothes", "Coats"],
    department: "clothes", collection: "Spring 2026", price: 11900, before: 14900, sizes: clothing, picture: "raincoat", tint: "stone",
    text: "Taped seams, a hood that turns with your head, and a pocket that swallows the whole coat.",
    facts: [["Cloth", "Recycled nylon, 10 000 mm"], ["Weight", "310 g"], ["Care", "30 °C, rewax yearly"]],
  },
  {
    id: "strand-shirt", name: "Strand shirt", kind: "Linen shirt", brand: "Marram", categories: ["Clothes", "Shirts"],
    department: "clothes", collection: "Spring 2026", price: 4900, before: 6900, sizes: clothing, picture: "shirt", tint: "moss",
    text: "Striped linen from Kortrijk. It creases, and looks better for it.",
    facts: [["Cloth", "Belgian linen"], ["Made in", "Porto"], ["Care", "40 °C, do not iron"]],
  },
  {
    id: "carry-tote", name: "Carry", kind: "Canvas tote", brand: "Kade", categories: ["Bags", "Totes"],
    department: "shoes-bags", collection: "Summer 2026", price: 3900, before: 5500, picture: "tote", tint: "sand",
    text: "Heavy canvas with rope handles. Fits a laptop, a loaf and a bottle, upright.",
    facts: [["Cloth", "18 oz canvas"], ["Holds", "16 litres"], ["Care", "Cold wash"]],
  },
];

export const isPast = (product: Product): boolean => product.collection !== currentCollection;

export const findProduct = (id: string): Product | undefined => products.find((product) => product.id === id);

export function inDepartment(id: string): Product[] {
  if (id === "last-season") return products.filter(isPast);
  return products.filter((product) => product.department === id);
}

export function goesWith(product: Product): Product[] {
  const others = products.filter((other) => other.id !== product.id);
  const near = others.filter((other) => other.department !== product.department && !isPast(other));
  const start = products.indexOf(product) % near.length;
  return [...near.slice(start), ...near.slice(0, start)].slice(0, 4);
}

export const pictureUrl = (picture: string): string => `img/${picture}.svg`;
