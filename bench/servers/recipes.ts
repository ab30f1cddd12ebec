import { COMPILED_RECIPES } from './compiled-recipes';
import { DEBIAN_RECIPES } from './debian-recipes';
import { MORE_DEBIAN_RECIPES } from './more-debian-recipes';
import { NODE_RECIPES } from './node-recipes';
import { NODE_VERSION_RECIPES } from './node-version-recipes';
import { PYTHON_RECIPES } from './python-recipes';
import { PYTHON_VERSION_RECIPES } from './python-version-recipes';
import type { Recipe } from './recipe';

/** Every server that can be measured here. */
export const RECIPES: readonly Recipe[] = [
  ...PYTHON_RECIPES,
  ...PYTHON_VERSION_RECIPES,
  ...NODE_RECIPES,
  ...NODE_VERSION_RECIPES,
  ...COMPILED_RECIPES,
  ...DEBIAN_RECIPES,
  ...MORE_DEBIAN_RECIPES,
];
