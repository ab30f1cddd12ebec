/** A product category: its kinds of product, and the text that describes them. */
export interface Category {
  readonly name: string;
  readonly kinds: readonly string[];
  readonly praise: string;
}

/** Every category the shop sells. */
export const CATEGORIES: readonly Category[] = [
  { name: 'Electronics', kinds: ['Headphones', 'Laptop', 'Monitor', 'Keyboard', 'Phone'], praise: 'tested for a thousand hours' },
  { name: 'Books', kinds: ['Novel', 'Atlas', 'Cookbook', 'Dictionary', 'Biography'], praise: 'printed on paper that does not yellow' },
  { name: 'Home', kinds: ['Desk Lamp', 'Armchair', 'Bookshelf', 'Carpet', 'Mirror'], praise: 'made to be repaired rather than replaced' },
  { name: 'Kitchen', kinds: ['Kettle', 'Saucepan', 'Coffee Maker', 'Toaster', 'Knife'], praise: 'safe in the dishwasher and easy to grip' },
  { name: 'Clothing', kinds: ['Jacket', 'Shirt', 'Jeans', 'Scarf', 'Sweater'], praise: 'cut to fit and sewn to last many winters' },
  { name: 'Sports', kinds: ['Bicycle', 'Tennis Racket', 'Running Shoes', 'Yoga Mat', 'Football'], praise: 'light and strong' },
  { name: 'Toys', kinds: ['Puzzle', 'Board Game', 'Train Set', 'Kite', 'Teddy Bear'], praise: 'liked by children and their parents' },
  { name: 'Garden', kinds: ['Lawn Mower', 'Spade', 'Watering Can', 'Parasol', 'Wheelbarrow'], praise: 'at home in the rain' },
  { name: 'Beauty', kinds: ['Shampoo', 'Hand Cream', 'Perfume', 'Soap', 'Hairbrush'], praise: 'gentle to the skin and free of dyes' },
  { name: 'Music', kinds: ['Guitar', 'Piano', 'Violin', 'Drum Kit', 'Microphone'], praise: 'tuned by a musician' },
];

/** Every brand makes every kind of product. */
export const BRANDS: readonly string[] = [
  'Alpha',
  'Aurora',
  'Beacon',
  'Cascade',
  'Delta',
  'Ember',
  'Fjord',
  'Granite',
  'Harbor',
  'Indigo',
  'Juniper',
  'Kestrel',
  'Lumen',
  'Meridian',
  'Nimbus',
  'Omega',
  'Pinnacle',
  'Quarry',
  'Ridge',
  'Summit',
];
