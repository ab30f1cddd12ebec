import { COMPILED_RECIPES } from './compiled-recipes';
import { DEBIAN_RECIPES } from './debian-recipes';
import { NODE_RECIPES } from './node-recipes';
import { PYTHON_RECIPES } from './python-recipes';
import type { Recipe } from './recipe';

/** Every server that can be measured here. */
export const RECIPES: readonly Recipe[] = [...PYTHON_RECIPES, ...NODE_RECIPES, ...COMPILED_RECIPES, ...DEBIAN_RECIPES];
