import { App } from 'aws-cdk-lib';
import { BlueGreenShop } from './blue-green-shop';

new BlueGreenShop(new App(), 'BlueGreenShop');
