import { App } from 'aws-cdk-lib';
import { PathA } from './path-a';

new PathA(new App(), 'PathA');
