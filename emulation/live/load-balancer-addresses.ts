import type { AwsObject } from '../front/aws-call';
import { number } from '../front/aws-call';
import { arnIn, type DescribedResources } from './described-resources';
import { type ListenerRule, readListenerRules } from './evaluated-rules';
import { ListenerAddress, type TargetGroupLookup } from './listener-address';
import { shortName } from './resource-names';

type DescribedListener = DescribedResources['listeners'][number];

/** The addresses of all load balancers on this machine. */
export class LoadBalancerAddresses {
  /** The address that is the DNS name of a load balancer, by its ARN. */
  private readonly mainAddresses = new Map<string, Promise<ListenerAddress>>();
  /** The addresses of further listeners, by their ARNs. */
  private readonly furtherAddresses = new Map<string, Promise<ListenerAddress>>();

  /** The load balancers that the last update was about. */
  private describedArns: ReadonlySet<string> = new Set();

  private isStopped = false;

  /** @param onAddress called with the address of a listener that a DNS name does not lead to. */
  public constructor(
    private readonly lookup: TargetGroupLookup,
    private readonly onAddress: (text: string) => void,
  ) {}

  /**
   * The DNS name of a load balancer: an address of this machine with its port, since ports below 1024 need privileges, and names below
   * `localhost` are not resolved everywhere.
   */
  public async dnsNameOf(loadBalancerArn: string): Promise<string> {
    if (this.isStopped) throw new Error('the emulation has ended');
    const existing = this.mainAddresses.get(loadBalancerArn);
    const address = existing ?? ListenerAddress.start(this.lookup);
    this.mainAddresses.set(loadBalancerArn, address);
    return (await address).hostAndPort;
  }

  /** Whether a load balancer has an address. */
  public has(loadBalancerArn: string): boolean {
    return this.mainAddresses.has(loadBalancerArn);
  }

  /** Opens an address for each listener, sets its rules, and closes the addresses of what is gone. */
  public async update({ loadBalancers, listeners }: Pick<DescribedResources, 'loadBalancers' | 'listeners'>): Promise<void> {
    const arns = new Set(loadBalancers.map(({ described }) => arnIn(described, 'LoadBalancer')));
    // one that was created after the others were described is not gone.
    const newArns = [...this.mainAddresses.keys()].filter((arn) => !this.describedArns.has(arn));
    await this.closeAllBut(this.mainAddresses, new Set([...arns, ...newArns]));
    this.describedArns = arns;
    await this.closeAllBut(this.furtherAddresses, new Set(listeners.map(({ described }) => arnIn(described, 'Listener'))));
    for (const { described } of loadBalancers) {
      if (this.isStopped) return;
      const arn = arnIn(described, 'LoadBalancer');
      await this.updateBalancer(
        arn,
        listeners.filter((listener) => listener.described.LoadBalancerArn === arn),
      );
    }
  }

  public async stop(): Promise<void> {
    this.isStopped = true;
    await this.closeAllBut(this.mainAddresses, new Set());
    await this.closeAllBut(this.furtherAddresses, new Set());
  }

  private async updateBalancer(arn: string, listeners: readonly DescribedListener[]): Promise<void> {
    await this.dnsNameOf(arn);
    const main = await this.mainAddresses.get(arn)!;
    const read = listeners.map((listener) => ({ listener, rules: rulesOf(listener) }));
    const mainListener = [...read].sort((one, other) => rank(one) - rank(other))[0];
    main.setRules(mainListener?.rules ?? []);
    for (const { listener, rules } of read) {
      if (listener !== mainListener?.listener) (await this.furtherAddress(arn, listener.described)).setRules(rules);
    }
  }

  private async furtherAddress(loadBalancerArn: string, listener: AwsObject): Promise<ListenerAddress> {
    const arn = arnIn(listener, 'Listener');
    const existing = this.furtherAddresses.get(arn);
    if (existing !== undefined) return existing;
    const started = ListenerAddress.start(this.lookup);
    this.furtherAddresses.set(arn, started);
    const address = await started;
    const [, name] = /loadbalancer\/app\/([^/]+)/.exec(loadBalancerArn) ?? [undefined, shortName(loadBalancerArn)];
    this.onAddress(`port ${listener.Port} of load balancer ${name} is at http://${address.hostAndPort}`);
    return address;
  }

  private async closeAllBut(addresses: Map<string, Promise<ListenerAddress>>, arns: ReadonlySet<string>): Promise<void> {
    for (const [arn, address] of [...addresses]) {
      if (arns.has(arn)) continue;
      addresses.delete(arn);
      await (await address).stop();
    }
  }
}

function rulesOf({ described, rules }: DescribedListener): readonly ListenerRule[] {
  const all = rules.length > 0 ? rules : [{ IsDefault: 'true', Priority: 'default', Actions: described.DefaultActions }];
  return readListenerRules(all, number(described.Port) ?? 80);
}

/** The DNS name leads to the listener that forwards requests, not to one that only redirects; of several to that with the lowest port. */
function rank({ listener, rules }: { readonly listener: DescribedListener; readonly rules: readonly ListenerRule[] }): number {
  const forwards = rules.some(({ action }) => action.kind === 'forward');
  return (forwards ? 0 : 65_536) + (number(listener.described.Port) ?? 0);
}
