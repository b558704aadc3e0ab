/** What a writer needs: the same thing without where it was read. A thing with its place will do as well. */
export type WithoutPlace<T> = T extends readonly (infer Item)[]
  ? readonly WithoutPlace<Item>[]
  : T extends string | number
    ? T
    : T extends object
      ? { readonly [Key in keyof T as Key extends 'place' ? never : Key]: WithoutPlace<T[Key]> }
      : T;
