import { attributeOf } from './attribute-of';
import type { Resource, Template, TemplateValue } from './template';

/** The load balancer in front of a target group, and the listener rules that lead there. */
export interface LoadBalancerOfTemplate {
  /** Undefined where the template does not hold it. */
  readonly balancer: Resource | undefined;
  readonly rules: readonly Resource[];
}

/** Finds what leads to a target group: a listener by its default action, or a rule of one. */
export function loadBalancerOf(template: Template, targetGroup: Resource): LoadBalancerOfTemplate {
  const leadsTo = (actions: TemplateValue | undefined): boolean => template.referredTo(actions, targetGroup.type)?.id === targetGroup.id;
  const rules = template.ofType('AWS::ElasticLoadBalancingV2::ListenerRule').filter(({ properties }) => leadsTo(properties.Actions));
  const listener =
    template.ofType('AWS::ElasticLoadBalancingV2::Listener').find(({ properties }) => leadsTo(properties.DefaultActions)) ??
    rules.map(({ properties }) => template.referredTo(properties.ListenerArn, 'AWS::ElasticLoadBalancingV2::Listener'))[0];
  return { rules, balancer: template.referredTo(listener?.properties.LoadBalancerArn, 'AWS::ElasticLoadBalancingV2::LoadBalancer') };
}

/** How long the load balancer keeps an idle connection, and waits in the middle of a request; undefined where nothing is said. */
export function readIdleTimeout(template: Template, targetGroup: Resource): TemplateValue | undefined {
  const { balancer } = loadBalancerOf(template, targetGroup);
  return attributeOf(balancer?.properties.LoadBalancerAttributes, 'idle_timeout.timeout_seconds');
}
