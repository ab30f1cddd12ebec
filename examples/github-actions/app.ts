import { App } from 'aws-cdk-lib';
import { domainIn, Shop } from './shop';

const app = new App();

// a stack of another name beside that of production, such as that of the nightly test.
new Shop(app, app.node.tryGetContext('stack') ?? 'Shop', domainIn(process.env));
