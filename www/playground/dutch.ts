/** The page's texts in Dutch, by the English ones. */
export const dutch: { readonly [english: string]: string } = {
};
