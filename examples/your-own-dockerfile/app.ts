import { App } from 'aws-cdk-lib';
import { Greeter } from './greeter';

new Greeter(new App(), 'Greeter');
